import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, type PipelineError, provenance } from 'stemma';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const COUNT = 2000;
const weight = (n: number): number => (n % 5) / 4;

describe('sampleWeighted', () => {
  it('keeps all items of weight 1, none of weight 0, and of others about their share, in order', async () => {
    const kept = await Dataset.range(COUNT).sampleWeighted(weight, { seed: 1 }).toArray();
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    const counts = [0, 1, 2, 3, 4].map((rest) => kept.filter((n) => n % 5 === rest).length);
    expect([counts[0], counts[4]]).toEqual([0, COUNT / 5]);
    // Within five standard deviations.
    for (const i of [1, 2, 3]) expect(Math.abs(counts[i]! - (i * COUNT) / 20)).toBeLessThan(50);
  });

  it('decides for each item by itself: whatever its function waits for, however many calls, and in each shard', async () => {
    const sampled = (ds: Dataset<number>): Dataset<number> => ds.sampleWeighted(weight, { seed: 9, identifier: 'Draw' }); // prettier-ignore
    const expected = await sampled(Dataset.range(200)).toArray();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.nat(4), async (concurrency, turns) => {
        const late = async (n: number): Promise<number> => {
          for (let i = (n * turns) % 5; i > 0; i--) await soon();
          return weight(n);
        };
        const ds = Dataset.range(200).sampleWeighted(late, { seed: 9, concurrency, identifier: 'Draw' });
        expect(await ds.toArray()).toEqual(expected);
      }),
      { numRuns: 15 },
    );
    const shards = await Promise.all([0, 1, 2].map((i) => sampled(Dataset.range(200).shard(i, 3)).toArray()));
    expect(shards.flat().sort((a, b) => a - b)).toEqual(expected);
    const filtered = await sampled(Dataset.range(200).filter((n) => n % 2 === 0)).toArray();
    expect(filtered).toEqual(expected.filter((n) => n % 2 === 0));
  });

  it('is at another epoch in each run and repetition, unless it is to hold still', async () => {
    const make = (reshuffleEachIteration?: boolean): Dataset<number> =>
      Dataset.range(60).sampleWeighted(() => 0.5, { seed: 4, reshuffleEachIteration });
    const ds = make();
    const epochs = [await ds.toArray(), await ds.batch(7).unbatch().toArray(), await ds.toArray()];
    expect(new Set(epochs.map(String)).size).toBe(3);
    expect(await make().repeat(3).toArray()).toEqual(epochs.flat());
    expect(await ds.epoch(1).toArray()).toEqual(epochs[1]);
    const still = make(false);
    for (let run = 0; run < 2; run++) expect(await still.toArray()).toEqual(epochs[0]);
  });

  it('names the item with an invalid weight, and skips it where onError is set', async () => {
    for (const [wrong, words] of [
      [1.5, '1.5'],
      [-0.1, '-0.1'],
      [NaN, 'NaN'],
      [true, 'true'],
      [undefined, 'undefined'],
    ] as const) {
      const weights = [(n: number) => (n === 3 ? wrong : 1), async (n: number) => (n === 3 ? wrong : 1)] as never[];
      for (const its of weights) {
        const ds = Dataset.range(5, 'Rows');
        const error = await ds.sampleWeighted(its, 'Weigh').toArray().catch((thrown: PipelineError) => thrown); // prettier-ignore
        expect(error).toMatchObject({ kind: 'sampleWeighted', label: 'Weigh', index: 3, origin: 'Rows item 3' });
        expect((error as Error).message).toContain(`expected a number from 0 to 1, got ${words}`);
        expect(await ds.sampleWeighted(its, { onError: 'skip' }).toArray()).toEqual([0, 1, 2, 4]);
      }
    }
  });

  it('is one process, with its seed, its epochs, and a bound for the length', async () => {
    const ds = Dataset.range(10).sampleWeighted((n) => (n < 4 ? 1 : 0), { identifier: 'Recorded draw', seed: 3 });
    expect(ds.length).toEqual({ kind: 'atMost', items: 10 });
    for (let epoch = 0; epoch < 2; epoch++) expect(await ds.toArray()).toEqual([0, 1, 2, 3]);
    const own = provenance.document().processes.filter(({ label }) => label === 'Recorded draw');
    expect(own).toMatchObject([
      {
        kind: 'sampleWeighted',
        options: { seed: 3, reshuffleEachIteration: true },
        execution: { itemsIn: 20, itemsOut: 8, state: 'complete' },
      },
    ]);
    const { train } = ds.split({ train: 0.5, test: 0.5 }, { seed: 1 });
    expect((await train.toArray()).every((n) => n < 4)).toBe(true);
  });
});
