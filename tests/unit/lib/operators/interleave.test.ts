import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, type Items, type PipelineError, provenance } from 'stemma';
import { inPlaces } from './in-places';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const processes = (label: string) => provenance.document().processes.filter((one) => one.label === label);
const artifact = (label: string) => provenance.document().artifacts.find((one) => one.label === label)!;

async function* late<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  for (const item of items) {
    await soon();
    yield item;
  }
}

/** What a function may return, all of the same items. */
const kinds: [string, (items: number[]) => Items<number> | Promise<Items<number>>][] = [
  ['lists', (items) => items],
  ['generators', (items) => items.values()],
  ['promises of lists', async (items) => items],
  ['asynchronous generators', late],
  ['datasets', (items) => Dataset.fromArray(items)],
  ['some of each', (items) => [items, Dataset.fromArray(items), late(items)][items.length % 3]!],
];

describe('interleave over a stream', () => {
  it.each(kinds)('has the order of tf.data, with %s', async (_, make) => {
    const length = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 9 }), length, length, async (sizes, cycle, block) => {
        const lists = sizes.map((size, i) => Array.from({ length: size }, (_, part) => 10 * i + part));
        const options = { cycleLength: cycle, blockLength: block };
        const items = await Dataset.fromArray(lists).interleave(make, options).toArray();
        expect(items).toEqual(inPlaces(lists, cycle, block));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the example of tf.data’s documentation', async () => {
    const ds = Dataset.range(5).interleave((n) => Dataset.fromArray([n + 1]).repeat(6), { cycleLength: 2, blockLength: 4 }); // prettier-ignore
    expect((await ds.toArray()).join('')).toBe('111122221122333344443344555555');
  });

  it('has cycleLength streams open at once, 4 by default, and closes them at an early end', async () => {
    for (const cycleLength of [undefined, 1, 3]) {
      const open = new Set<number>();
      let most = 0;
      let opened = 0;
      const source = (n: number): Dataset<number> =>
        Dataset.fromGenerator(function* () {
          opened++;
          open.add(n);
          most = Math.max(most, open.size);
          try {
            yield* [n, n, n];
          } finally {
            open.delete(n);
          }
        });
      const ds = Dataset.range(20).interleave(source, { cycleLength });
      expect(await ds.count()).toBe(60);
      expect([most, opened, open.size]).toEqual([cycleLength ?? 4, 20, 0]);
      for await (const n of ds) if (n === Math.min(2, (cycleLength ?? 4) - 1)) break;
      expect(open.size).toBe(0);
    }
  });

  it('opens and reads no more than is wanted', async () => {
    let made = 0;
    let read = 0;
    const ds = Dataset.range(1000).interleave(function* (n) {
      made++;
      for (;;) {
        read++;
        yield n;
      }
    });
    expect(await ds.take(6).toArray()).toEqual([0, 1, 2, 3, 0, 1]);
    expect([made, read]).toEqual([4, 6]);
  });

  it('is one process, the datasets that it opens another, with the counts of all', async () => {
    const ds = Dataset.range(9, 'Interleaved').interleave((n) => Dataset.range(n).map((m) => m, 'Opened'), 'Interleave'); // prettier-ignore
    for (let epoch = 0; epoch < 3; epoch++) expect(await ds.count()).toBe(36);
    const [outer, ...others] = processes('Interleave');
    expect(others).toEqual([]);
    expect(outer).toMatchObject({
      kind: 'interleave',
      inputs: [artifact('Interleaved').id],
      uses: [artifact('Opened').id],
      options: { cycleLength: 4, blockLength: 1 },
      execution: { itemsIn: 27, itemsOut: 108, state: 'complete' },
    });
    expect(processes('Opened')).toMatchObject([{ execution: { itemsOut: 108 } }]);
    expect(ds.length).toEqual({ kind: 'unknown' });
  });

  it('knows where its items came from, and says which one failed', async () => {
    const ds = Dataset.range(3, 'Rows').interleave((n) => [n, n], 'Parts');
    await ds.count();
    const { samples } = artifact('Parts').execution;
    expect(samples.map(({ origins }) => origins[0]).slice(0, 2)).toEqual(['Rows item 0 part 0', 'Rows item 1 part 0']);
    const failing = (onError: 'throw' | 'skip') =>
      Dataset.range(4, 'Rows').interleave(
        function* (n) {
          yield n;
          if (n === 1) throw new RangeError('no more');
          yield n;
        },
        { identifier: 'Fails', cycleLength: 2, onError },
      );
    const seen: number[] = [];
    const error = await failing('throw').forEach((n) => void seen.push(n)).catch((thrown: PipelineError) => thrown); // prettier-ignore
    expect(error).toMatchObject({ kind: 'interleave', label: 'Fails', index: 1, origin: 'Rows item 1' });
    expect(seen).toEqual([0, 1, 0]);
    expect(await failing('skip').toArray()).toEqual([0, 1, 0, 2, 3, 2, 3]);
  });

  it('has its datasets at its own epoch', async () => {
    const ds = Dataset.range(2).interleave(() => Dataset.range(20).shuffle({ seed: 3 }), { cycleLength: 1 });
    const shuffled = Dataset.range(20).shuffle({ seed: 3 });
    for (let epoch = 0; epoch < 2; epoch++) {
      const order = await shuffled.toArray();
      expect(await ds.toArray()).toEqual([...order, ...order]);
    }
  });

  it('may be split, by the rows that its items came from', async () => {
    const ds = Dataset.range(10).interleave((n) => new Array<number>(n).fill(n));
    const { a, b } = ds.split({ a: 0.5, b: 0.5 }, { seed: 1 });
    const [left, right] = [new Set(await a.toArray()), new Set(await b.toArray())];
    expect([...left].filter((n) => right.has(n))).toEqual([]);
    expect((await a.count()) + (await b.count())).toBe(45);
  });
});
