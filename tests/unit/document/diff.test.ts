import { describe, expect, it } from 'vitest';
import { Dataset, diff, type Diff, type ProvenanceDocument } from 'stemma';
import { diffCode, documentOfRun, unite } from 'stemma-document';
import { inSession, processOf } from './in-session';

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
      { layer: 'statistics', path: 'fields.max', a: 4, b: 5 },
      { layer: 'statistics', path: 'fields.mean', a: 2, b: 2.5 },
      { layer: 'statistics', path: 'fields.distinct', a: 5, b: 8 },
    ]);
  });

  it('marks what captures or reads something else, and all behind it', async () => {
    const run = (factor: number) =>
      inSession(async () => {
        const rows = Dataset.range(12, 'Rows');
        await rows.map((n) => n * factor, 'Scale').count('Count');
        await rows.count('All');
      });
    const found = diff(await run(2), await run(3));
    expect(found).toMatchObject({ sameDefinition: true, sameInputs: false, sameOutput: false });
    expect(labels(found, 'changed')).toEqual(['Scale']);
    expect(labels(found, 'upstream')).toEqual(['Count']);
    expect(labels(found, 'same')).toEqual(['Rows', 'All']);
  });

  it('names the first operation from which something else came out, though all it got was the same', async () => {
    let calls = 0;
    const run = () =>
      inSession(() =>
        Dataset.range(4, 'Rows')
          .map((n) => n + globalThis.Number(calls++ > 3), 'Impure')
          .count('Count'),
      );
    const found = diff(await run(), await run());
    expect(labels(found, 'changed')).toEqual(['Impure']);
    expect(labels(found, 'upstream')).toEqual(['Count']);
  });

  it('sees through what has no effect on what comes out', async () => {
    const run = (ahead: number) => inSession(() => Dataset.range(4, 'Rows').prefetch(ahead).count('Count'));
    const plain = await inSession(() => Dataset.range(4, 'Rows').count('Count'));
    expect(labels(diff(await run(1), await run(2)), 'upstream')).toEqual([]);
    const found = diff(plain, await run(2));
    expect(labels(found, 'same')).toEqual(['Rows', 'Count']);
    expect(labels(found, 'added')).toHaveLength(1);
  });

  it('lists what differs around the graph', async () => {
    const document = await monday();
    const other: ProvenanceDocument = {
      ...document,
      session: { ...document.session, parameters: { size: 2 }, seed: 7 },
      environment: { ...document.environment, node: '99.0.0', workingDirectory: '~/moved' },
    };
    expect(diff(document, other).environment).toEqual([
      { layer: 'environment', path: 'parameters.size', a: null, b: 2 },
      { layer: 'environment', path: 'seed', a: null, b: 7 },
      { layer: 'environment', path: 'node', a: document.environment.node, b: '99.0.0' },
    ]);
  });
});

describe('two documents in one graph', () => {
  it('has what was removed where it stood', async () => {
    const run = (isMixed: boolean) =>
      inSession(() => {
        const rows = Dataset.range(12, 'Rows');
        return (isMixed ? rows.shuffle({ seed: 1, identifier: 'Mix' }) : rows).batch(4, 'Batch').count('Count');
      });
    const [a, b] = [await run(true), await run(false)];
    const { document, pairs } = unite(a, b, diff(a, b));
    const mix = document.processes.find(({ label }) => label === 'Mix')!;
    expect(pairs.get(mix.id)).toMatchObject({ match: 'removed', b: null });
    const named = (id: string): string | undefined =>
      document.processes.find((one) => one.id === document.artifacts.find((two) => two.id === id)?.producer)?.label;
    expect(mix.inputs.map(named)).toEqual(['Rows']);
    expect(document.processes.find(({ label }) => label === 'Batch')!.inputs.map(named)).toEqual(['Rows', 'Mix']);
  });
});

describe('the figures in one graph', () => {
  it('are of all runs at streams as they are at steps, and of one where one is compared', async () => {
    const document = await inSession(async () => {
      const kept = Dataset.range(9, 'Rows').filter((n) => n % 3 > 0, 'Some');
      for (let run = 0; run < 3; run++) await kept.count('Count');
    });
    const emitted = (one: ProvenanceDocument): [step: number, stream: number] => {
      const step = processOf(one, 'Some');
      const stream = one.artifacts.find(({ id }) => id === step.outputs[0])!;
      return [step.execution.itemsOut, stream.execution.currentItems];
    };
    const all = unite(document, document, diff(document, document)).document;
    expect(emitted(all)).toEqual([18, 18]);
    const [first, second] = document.runs.map(({ id }) => documentOfRun(document, id));
    expect(emitted(unite(first!, second!, diff(first!, second!)).document)).toEqual([6, 6]);
  });
});

describe('one run as a document', () => {
  it('compares two runs of the same steps by their own figures', async () => {
    const document = await inSession(async () => {
      const rows = Dataset.range(9, 'Rows').map((n) => n, 'Same');
      await rows.take(3).count('Some');
      await rows.count('All');
    });
    const [some, all] = document.runs.map(({ id }) => documentOfRun(document, id));
    const { pairs } = diff(some!, all!);
    expect(pairs.find(({ b }) => b?.label === 'Same')).toMatchObject({
      match: 'same',
      changes: expect.arrayContaining([
        { layer: 'execution', path: 'itemsOut', a: some!.processes[1]!.execution.itemsOut, b: 9 },
      ]),
    });
    expect(pairs.filter(({ match }) => match === 'removed').map(({ a }) => a!.label)).toContain('Some');
    expect(() => documentOfRun(document, 'none')).toThrow('runs: expected a run with the id "none", got none');
  });

  it('finds the steps of a cell that ran again, though the record calls them outdated', async () => {
    const document = await inSession(async () => {
      await Dataset.range(9, 'Rows')
        .map((n) => n + 1, 'Add')
        .count('Count');
      await Dataset.range(9, 'Rows')
        .map((n) => n + 2, 'Add')
        .count('Count');
    });
    const [first, second] = document.runs;
    const old = { ...document, processes: document.processes.map((process) => ({ ...process, superseded: true })) };
    const found = diff(documentOfRun(old, first!.id), documentOfRun(old, second!.id));
    expect(found.pairs.map(({ match }) => match)).toEqual(['same', 'changed', 'upstream']);
  });
});

describe('diffCode', () => {
  it('tells lines apart, however far the function is indented', () => {
    const a = '(n) => {\n      const m = n;\n      return m;\n    }';
    expect(diffCode(a, '(n) => {\n  const m = 2;\n  return m;\n}')).toEqual([
      { kind: 'same', text: '(n) => {' },
      { kind: 'removed', text: '  const m = n;' },
      { kind: 'added', text: '  const m = 2;' },
      { kind: 'same', text: '  return m;' },
      { kind: 'same', text: '}' },
    ]);
    expect(diffCode('a', 'a')).toEqual([{ kind: 'same', text: 'a' }]);
  });
});
