import { describe, expect, it } from 'vitest';
import { Dataset, diff, type Diff } from 'stemma';
import { inSession } from './in-session';

const labels = ({ pairs }: Diff, match: Diff['pairs'][number]['match']) =>
  pairs.filter((pair) => pair.match === match).map(({ a, b }) => (b ?? a)!.label);

const paths = ({ pairs }: Diff, label: string) =>
  pairs
    .find(({ b }) => b?.label === label)!
    .changes.filter(({ layer }) => layer === 'definition')
    .map(({ path }) => path);

describe('diff', () => {
  const monday = () =>
    inSession(() =>
      Dataset.range(12, 'Rows')
        .map((n) => n + 1, 'Add')
        .shuffle({ seed: 1, identifier: 'Mix' })
        .batch(4, 'Batch')
        .count('Count'),
    );

  it('finds every process of the same code again, whatever its id', async () => {
    const again = await inSession(async () => {
      Dataset.range(1, 'Extra');
      await Dataset.range(12, 'Rows')
        .map((n) => n + 1, 'Add')
        .shuffle({ seed: 1, identifier: 'Mix' })
        .batch(4, 'Batch')
        .count('Count');
    });
    const found = diff(await monday(), again);
    expect(labels(found, 'same')).toEqual(['Rows', 'Add', 'Mix', 'Batch', 'Count']);
    expect(labels(found, 'added')).toEqual(['Extra']);
    expect(found.sameDefinition).toBe(false);
    expect(diff(await monday(), await monday())).toMatchObject({ sameDefinition: true });
  });

  it('tells what changed from what only gets other items', async () => {
    const tuesday = await inSession(() =>
      Dataset.range(12, 'Rows')
        .map((n) => n + 2, 'Add')
        .shuffle({ seed: 2, identifier: 'Mix' })
        .batch(4, 'Batch')
        .count('Count'),
    );
    const found = diff(await monday(), tuesday);
    expect(labels(found, 'same')).toEqual(['Rows']);
    expect(labels(found, 'changed')).toEqual(['Add', 'Mix']);
    expect(labels(found, 'upstream')).toEqual(['Batch', 'Count']);
    expect(paths(found, 'Add')).toEqual(['code']);
    expect(paths(found, 'Mix')).toEqual(['options.seed']);
  });

  it('knows an operation by its place where its label changed, and names what was added and removed', async () => {
    const tuesday = await inSession(() =>
      Dataset.range(12, 'Rows')
        .map((n) => n + 1, 'Add')
        .filter((n) => n > 3, 'Large')
        .batch(4, 'Batches of four')
        .count('Count'),
    );
    const found = diff(await monday(), tuesday);
    expect(labels(found, 'same')).toEqual(['Rows', 'Add']);
    expect(labels(found, 'added')).toEqual(['Large', 'Batches of four']);
    expect(labels(found, 'removed')).toEqual(['Mix', 'Batch']);
    const renamed = await inSession(() =>
      Dataset.range(12, 'Rows')
        .map((n) => n + 1, 'Plus one')
        .count('Count'),
    );
    const simple = await inSession(() =>
      Dataset.range(12, 'Rows')
        .map((n) => n + 1, 'Add')
        .count('Count'),
    );
    expect(paths(diff(simple, renamed), 'Plus one')).toEqual(['label']);
  });

  it('does not mind the order of fields', async () => {
    const run = (item: object) =>
      inSession(() => Dataset.fromGenerator({ [Symbol.iterator]: () => [item].values() }, 'Data').count('Count'));
    const [pair] = diff(await run({ a: 1, b: 2 }), await run({ b: 2, a: 1 })).pairs;
    expect(pair).toMatchObject({ match: 'same', changes: [] });
  });

  it('shows where the counts and schemas of two runs part', async () => {
    const run = (limit: number) =>
      inSession(() =>
        Dataset.fromGenerator(
          { [Symbol.iterator]: () => Array.from({ length: limit }, (_, n) => (n > 5 ? `${n}` : n)).values() },
          'Data',
        )
          .map((x) => x, 'Same')
          .count('Count'),
      );
    const found = diff(await run(5), await run(8));
    expect(found.sameDefinition).toBe(true);
    expect(found.pairs.find(({ b }) => b!.label === 'Same')!.changes).toEqual([
      { layer: 'output', path: 'digest', a: expect.stringMatching(/^5 /), b: expect.stringMatching(/^8 /) },
      { layer: 'execution', path: 'itemsIn', a: 5, b: 8 },
      { layer: 'execution', path: 'itemsOut', a: 5, b: 8 },
      { layer: 'execution', path: 'schema', a: "'int'", b: "'int' | 'str'" },
    ]);
  });
});
