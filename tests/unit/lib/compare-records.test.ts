import { describe, expect, it } from 'vitest';
import { compareRecords, Dataset, type ProvenanceDocument, Recorder } from 'stemma';
import { data, otherScale, record, type Setup } from './recorded-pipeline';

const firstOf = (a: ProvenanceDocument, b: ProvenanceDocument, tolerance = 0): string[] =>
  compareRecords(a, b, { tolerance }).first.map(({ label }) => label);

describe('the first step that differs', () => {
  it.each<[string, Setup, string, string]>([
    ['a captured constant', { factor: 4 }, 'Scale', 'captures.factor'],
    ['the body of a helper', { helper: otherScale }, 'Scale', 'captures.helper'],
    ['a cell of a data file', { folder: data({ cell: '4' }) }, 't.csv', 'contents'],
    ['one pixel of an image', { folder: data({ pixel: 8 }) }, 'images', 'contents'],
    ['the seed', { seed: 2 }, 'Mix', 'options.seed'],
  ])('of %s', async (_, change, step, path) => {
    const found = compareRecords(await record(), await record(change));
    expect(found.verdict).toBe('different');
    expect(found.first.map(({ label, changes }) => [label, changes.map((one) => one.path)])).toEqual([[step, [path]]]);
  });

  it.each<[string, Setup]>([
    ['concurrency', { concurrency: 8 }],
    ['a folder that was moved', { folder: data({ at: 'another/place' }) }],
    ['the home of another person', { folder: data({ at: 'home/ada' }) }],
    ['a comment', { source: '({ a }) => helper(a) * factor // as in the paper' }],
    ['nothing at all', {}],
  ])('is none whatever %s', async (_, change) => {
    const found = compareRecords(await record(), await record(change));
    expect([found.verdict, found.first]).toEqual(['same', []]);
    expect(found.original.output).toBe(found.repeated.output);
  });
});

async function recorded(work: () => unknown, settings: ConstructorParameters<typeof Recorder>[0] = {}) {
  const recorder = new Recorder(settings);
  await recorder.run(async () => work());
  return recorder.document();
}

describe('what is compared', () => {
  const drift = (by: number, settings = {}) =>
    recorded(
      () =>
        Dataset.range(1, 6)
          .map((n) => ({ n: n * (1 + by), label: 'a' }), { identifier: 'Drift' })
          .reduce((sum, { n }) => sum + n, 0, 'Sum'),
      settings,
    );

  it('is exact first, then within a tolerance, and never called the same then', async () => {
    const [a, b] = [await drift(0), await drift(1e-9)];
    expect(compareRecords(a, b).verdict).toBe('different');
    expect(compareRecords(a, b, { tolerance: 1e-12 }).verdict).toBe('different');
    expect(compareRecords(a, b, { tolerance: 1e-6 })).toMatchObject({ verdict: 'close', first: [] });
    expect(compareRecords(a, a, { tolerance: 1e-6 }).verdict).toBe('same');
    expect(() => compareRecords(a, b, { tolerance: -1 })).toThrow('expected a number from 0 to 1, got -1');
  });

  it('is not known without digests and samples', async () => {
    const off = { digests: false, samples: false } as const;
    const found = compareRecords(await drift(0, off), await drift(0, off));
    expect([found.verdict, found.first]).toEqual(['unknown', []]);
  });

  it('ignores how far ahead a step was that nobody read to its end', async () => {
    const read = async (): Promise<ProvenanceDocument> =>
      recorded(async () => {
        for await (const n of Dataset.range(100_000, 'Numbers').map((n) => n + 1, 'Add')) if (n > 700) break;
      });
    expect(firstOf(await read(), await read())).toEqual([]);
  });

  it('has no order where calls that are done first come first', async () => {
    const run = (delays: number[]): Promise<ProvenanceDocument> =>
      recorded(
        () =>
          Dataset.fromArray([0, 1, 2])
            .map(
              async (n) => {
                for (let turn = 0; turn < [...delays][n]!; turn++) await new Promise(setImmediate);
                return n;
              },
              { identifier: 'Ask', ordered: false, concurrency: 3 },
            )
            .toArray(),
        { captures: false },
      );
    expect(firstOf(await run([9, 5, 1]), await run([1, 5, 9]))).toEqual([]);
  });

  it('names a step that the repetition lacks', async () => {
    const steps = (names: string[]) =>
      recorded(() => names.reduce((dataset, name) => dataset.map((n) => n, name), Dataset.range(3)).count());
    const found = compareRecords(await steps(['One', 'Two']), await steps(['One']));
    expect(found.first.map(({ label, verdict }) => [label, verdict])).toEqual([['Two', 'missing']]);
  });
});
