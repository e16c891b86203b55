import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance, tensors } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { nodeOf } from '../../../support/node-of';

type Make = (reshuffleEachIteration?: boolean) => Dataset<number>;

const upTo = (count: number): number[] => [...Array(count).keys()];
const sorted = (items: number[]): number[] => [...items].sort((a, b) => a - b);

/** Each operation of chance, on 30 items. */
const chance: [string, Make][] = [
  ['shuffle', (again) => Dataset.range(30).shuffle({ seed: 7, reshuffleEachIteration: again })],
  [
    'shuffle by a buffer',
    (again) => Dataset.range(30).shuffle({ seed: 7, bufferSize: 9, reshuffleEachIteration: again }),
  ],
  [
    'randomMap',
    (again) =>
      Dataset.range(30).randomMap((n, random) => n + random.int(1024) / 1024, {
        seed: 7,
        reshuffleEachIteration: again,
      }),
  ],
  ['mix', (again) => Dataset.mix([Dataset.range(15), Dataset.range(15)], { seed: 7, reshuffleEachIteration: again })],
];

/** Five runs of `make`'s dataset itself: what each epoch is to be. */
async function epochsOf(make: Make, count = 5): Promise<number[][]> {
  const ds = make();
  const epochs: number[][] = [];
  for (let i = 0; i < count; i++) epochs.push(await ds.toArray());
  expect(new Set(epochs.map(String)).size).toBe(count);
  return epochs;
}

describe.each(chance)('the epochs of %s', (_, make) => {
  it('are counted by the operation, whatever is built on it in the loop, and whichever sink pulls', async () => {
    const expected = await epochsOf(make);
    const ds = make();
    const seen: number[][] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      const items: number[] = [];
      for await (const batch of ds.batch(4)) items.push(...batch);
      seen.push(items);
    }
    const tf = { tensor: (values: number[]) => ({ values, dispose: () => undefined }) };
    const items: number[] = [];
    for await (const { values } of tensors(tf as never, ds.batch(8)) as AsyncIterable<{ values: number[] }>)
      items.push(...values);
    // Tensors of numbers are float32.
    expect(items).toEqual(expected[2]!.map(Math.fround));
    seen.push(expected[2]!);
    const each: number[] = [];
    await ds.map((n) => n).forEach((n) => void each.push(n));
    seen.push(each);
    seen.push(await ds.prefetch(3).reduce<number[]>((list, n) => [...list, n], []));
    expect(seen).toEqual(expected);
  });

  it('go on in each repetition, and behind it', async () => {
    const expected = await epochsOf(make);
    const ds = make();
    expect(await ds.repeat(3).toArray()).toEqual(expected.slice(0, 3).flat());
    expect([await ds.toArray(), await ds.batch(30).unbatch().toArray()]).toEqual(expected.slice(3));
  });

  it('are the same for all that one run reads of it', async () => {
    const expected = await epochsOf(make);
    const ds = make();
    for (const epoch of expected.slice(0, 2)) {
      const pairs = await Dataset.zip([ds.map((n) => n), ds]).toArray();
      expect(pairs).toEqual(epoch.map((n) => [n, n]));
    }
    expect(await ds.concat(ds.map((n) => n)).toArray()).toEqual([...expected[2]!, ...expected[2]!]);
    expect(sorted(await Dataset.interleave([ds, ds.skip(30)]).toArray())).toEqual(sorted(expected[3]!));
  });

  it('stay the same where reshuffling is off', async () => {
    const [first] = await epochsOf(make, 1);
    const ds = make(false);
    expect([await ds.toArray(), await ds.batch(30).unbatch().toArray()]).toEqual([first, first]);
    expect(await ds.repeat(2).toArray()).toEqual([...first!, ...first!]);
  });

  it('are not used up by showing, by a look at one item, or by a chosen epoch', async () => {
    const expected = await epochsOf(make);
    const ds = make();
    String(ds);
    void ds.length;
    const looks = [await ds.take(1).toArray(), await ds.batch(4).take(1).unbatch().toArray()];
    expect(looks).toEqual([expected[0]!.slice(0, 1), expected[1]!.slice(0, 4)]);
    expect(await ds.epoch(4).toArray()).toEqual(expected[4]);
    expect(await ds.toArray()).toEqual(expected[0]);
    // A loop of some steps has other items in each epoch, also where it ends by itself.
    for await (const _ of ds.batch(4)) break;
    expect(await ds.take(9).toArray()).toEqual(expected[2]!.slice(0, 9));
    // All of a dataset of one batch is no look at it.
    expect(await ds.batch(30).take(1).unbatch().toArray()).toEqual(expected[3]);
    expect(await ds.toArray()).toEqual(expected[4]);
  });

  it('can be chosen, before and behind other operations', async () => {
    const expected = await epochsOf(make);
    const ds = make();
    for (const n of [3, 0, 3]) {
      expect(await ds.epoch(n).toArray()).toEqual(expected[n]);
      expect(
        await ds
          .map((item) => item)
          .batch(7)
          .epoch(n)
          .unbatch()
          .toArray(),
      ).toEqual(expected[n]);
      expect(await ds.epoch(n).epoch(1).toArray()).toEqual(expected[n]);
    }
    expect(await ds.repeat(2).epoch(2).toArray()).toEqual([...expected[2]!, ...expected[3]!]);
    expect(await ds.epoch(2).repeat(2).toArray()).toEqual([...expected[2]!, ...expected[2]!]);
    expect(await ds.toArray()).toEqual(expected[0]);
  });

  it('start with the first again where it is declared again', async () => {
    const [first] = await epochsOf(make, 1);
    expect([await make().toArray(), await make().toArray()]).toEqual([first, first]);
  });

  it('are in the record of each run', async () => {
    const ds = make();
    await ds.toArray();
    await ds.batch(4).count();
    await ds.repeat(2).count();
    await ds
      .map((n) => n)
      .epoch(9)
      .count();
    await ds.count();
    const id = nodeOf(ds).record!.id;
    const runs = provenance.document({ samples: false }).runs.slice(-5);
    expect(runs.map(({ epoch, epochs }) => [epoch, epochs])).toEqual([0, 1, 2, 9, 4].map((n) => [n, { [id]: n }]));
  });
});

describe('epochs', () => {
  it('of operations behind one another are counted by each', async () => {
    const noisy = (ds: Dataset<number>): Dataset<number> => ds.randomMap((n, random) => n + random.next(), { seed: 2 });
    const shuffled = Dataset.range(20).shuffle({ seed: 1 });
    const both = noisy(shuffled);
    const plain = noisy(Dataset.range(20));
    const first = await both.toArray();
    expect(sorted(first)).toEqual(await plain.toArray());
    // The shuffle alone goes on; the random map has had one run only.
    const order = await shuffled.toArray();
    const second = await both.toArray();
    expect(sorted(second)).toEqual(await plain.toArray());
    expect([first, order].map((items) => items.map(Math.floor).join())).not.toContain(second.map(Math.floor).join());
  });

  it('of a random map are other ones for the repetitions of what is before it, in each run', async () => {
    const draws = Dataset.range(5)
      .repeat(3)
      .randomMap((_, random) => random.next(), { seed: 1 });
    const all = [...(await draws.toArray()), ...(await draws.toArray()), ...(await draws.map((n) => n).toArray())];
    expect(new Set(all).size).toBe(45);
    const chosen = Dataset.range(5)
      .epoch(2)
      .repeat(3)
      .randomMap((_, random) => random.next(), { seed: 1 });
    expect(new Set(await chosen.toArray()).size).toBe(15);
  });

  it('of what is before a cache do not count, those of what is behind it do', async () => {
    const make = (): Dataset<number> => Dataset.range(20).shuffle({ seed: 1 });
    const [first] = [await make().toArray()];
    const shuffled = make();
    await shuffled.count();
    for (const options of [{}, { folder: temporaryFolder(), key: 'shuffled' }]) {
      const cached = shuffled.cache(options);
      expect([await cached.toArray(), await cached.batch(4).unbatch().toArray()]).toEqual([first, first]);
      const again = cached.shuffle({ seed: 2 });
      const orders = [await again.toArray(), await again.batch(4).unbatch().toArray()];
      expect(orders.map(sorted)).toEqual([upTo(20), upTo(20)]);
      expect(orders[0]).not.toEqual(orders[1]);
    }
  });

  it.each([
    [
      'in the function, returned',
      (n: number) =>
        Dataset.range(9)
          .map((i) => i + 10 * n)
          .shuffle({ seed: 3 }),
    ],
    [
      'after an await',
      async (n: number) => (
        await null,
        Dataset.range(9)
          .map((i) => i + 10 * n)
          .shuffle({ seed: 3 })
      ),
    ],
    [
      'and run in the function',
      (n: number) =>
        Dataset.range(9)
          .map((i) => i + 10 * n)
          .shuffle({ seed: 3 })
          .toArray(),
    ],
    [
      'in a generator',
      async function* (n: number) {
        yield* Dataset.range(9)
          .map((i) => i + 10 * n)
          .shuffle({ seed: 3 });
      },
    ],
  ])('of datasets declared within flatMap are those of flatMap: %s', async (_, inner) => {
    const nested = Dataset.range(3).flatMap(inner as (n: number) => Dataset<number>);
    const epochs = [await nested.toArray(), await nested.batch(5).unbatch().toArray(), await nested.toArray()];
    expect(epochs.map(sorted)).toEqual(epochs.map(() => sorted([0, 10, 20].flatMap((n) => upTo(9).map((i) => i + n)))));
    expect(new Set(epochs.map(String)).size).toBe(3);
    expect(await nested.epoch(1).toArray()).toEqual(epochs[1]);
    expect(
      await Dataset.range(3)
        .flatMap(inner as (n: number) => Dataset<number>)
        .repeat(3)
        .toArray(),
    ).toEqual(epochs.flat());
  });

  it('of a dataset declared outside of flatMap go on with each item', async () => {
    const make: Make = () => Dataset.range(9).shuffle({ seed: 3 });
    const [expected, shuffled] = [await epochsOf(make, 6), make()];
    const nested = Dataset.range(3).flatMap(() => shuffled);
    expect([...(await nested.toArray()), ...(await nested.toArray())]).toEqual(expected.flat());
  });

  it('are the same at any concurrency, also where runs are broken off', async () => {
    const run = async (concurrency: number): Promise<number[][]> => {
      const train = Dataset.range(40).shuffle({ seed: 1, bufferSize: 10 }).repeat();
      const seen: number[][] = [];
      for (let epoch = 0; epoch < 3; epoch++) {
        const items: number[] = [];
        for await (const n of train.map(async (item) => item, { concurrency }).prefetch(concurrency)) {
          items.push(n);
          if (items.length === 55) break;
        }
        seen.push(items);
      }
      return seen;
    };
    const one = await run(1);
    expect(new Set(one.map(String)).size).toBe(3);
    expect(await run(16)).toEqual(one);
  });

  it('are the same in a new process', async () => {
    const code = `
      import { Dataset } from 'stemma';
      const train = Dataset.range(12).shuffle({ seed: 5 }).randomMap((n, random) => n + random.next(), { seed: 6 });
      const epochs = [];
      for (let e = 0; e < 3; e++) for await (const batch of train.batch(12)) epochs.push(batch);
      console.log(JSON.stringify(epochs));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    const train = Dataset.range(12)
      .shuffle({ seed: 5 })
      .randomMap((n, random) => n + random.next(), { seed: 6 });
    expect(JSON.parse(printed)).toEqual([0, 1, 2].map(() => expect.any(Array)));
    for (const epoch of JSON.parse(printed) as number[][])
      expect(await train.batch(12).unbatch().toArray()).toEqual(epoch);
  });

  it('law: run e of a dataset, repetition e, and epoch(e) are alike, whatever was built on it', async () => {
    const derive = fc.constantFrom<(ds: Dataset<number>) => Dataset<number>>(
      (ds) => ds,
      (ds) => ds.batch(3).unbatch(),
      (ds) => ds.map(async (n) => n, { concurrency: 4 }),
      (ds) => Dataset.zip([ds, Dataset.range(100).repeat()]).map(([n]) => n),
      (ds) => ds.concat(Dataset.range(0)),
      (ds) => Dataset.range(1).flatMap(() => ds),
      (ds) => ds.prefetch(2),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 12 }),
        fc.integer(),
        fc.constantFrom(...chance.map(([name]) => name)),
        fc.array(derive, { minLength: 1, maxLength: 4 }),
        async (_, seed, name, derived) => {
          const make = (): Dataset<number> => {
            const rows = Dataset.range(20, 'rows');
            if (name === 'mix') return Dataset.mix([rows, rows], { seed });
            if (name === 'randomMap') return rows.randomMap((n, random) => n + random.next(), { seed });
            return rows.shuffle({ seed, bufferSize: name === 'shuffle' ? 20 : 5 });
          };
          const ds = make();
          const runs: number[][] = [];
          for (const on of derived) runs.push(await on(ds).toArray());
          expect(await make().repeat(derived.length).toArray()).toEqual(runs.flat());
          for (const [e, run] of runs.entries()) expect(await ds.epoch(e).toArray()).toEqual(run);
          expect(new Set(runs.map(String)).size).toBe(runs.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are whole numbers from 0', () => {
    const ds = Dataset.range(3).shuffle();
    const declared = provenance.document({ samples: false }).processes.length;
    for (const wrong of [-1, 0.5, NaN, Infinity, '1', undefined])
      expect(() => ds.epoch(wrong as never)).toThrow('invalid epoch: expected a whole number of at least 0');
    expect(provenance.document({ samples: false }).processes).toHaveLength(declared);
  });
});

describe('the warning of parts that overlap', () => {
  const warnings = (ds: Dataset<number>): readonly string[] => nodeOf(ds).record!.warnings;
  const overlap = async (a: Dataset<number>, b: Dataset<number>): Promise<boolean> => {
    const first = new Set(await a.toArray());
    return (await b.toArray()).some((n) => first.has(n));
  };

  it.each<[string, Dataset<number>]>([
    ['shuffle', Dataset.range(200).shuffle({ seed: 1 })],
    ['a mix', Dataset.mix([Dataset.range(100), Dataset.range(100).map((n) => n + 100)], { seed: 1 })],
    ['what holds still', Dataset.range(200).shuffle({ seed: 1, reshuffleEachIteration: false })],
    ['a chosen epoch', Dataset.range(200).shuffle({ seed: 1 }).epoch(3)],
    ['a cache', Dataset.range(200).shuffle({ seed: 1 }).cache()],
    ['a random map', Dataset.range(200).randomMap((n) => n, { seed: 1 })],
  ])('is there where they do, and only there: %s', async (name, ds) => {
    const overlaps = name === 'shuffle' || name === 'a mix';
    const pairs: [Dataset<number>, Dataset<number>][] = [
      [ds.take(100), ds.skip(100)],
      [ds.shard(0, 2), ds.shard(1, 2)],
    ];
    for (const [a, b] of pairs) {
      expect(await overlap(a, b)).toBe(overlaps);
      expect(warnings(b)).toHaveLength(overlaps ? 1 : 0);
    }
    const other = ds.map((n) => n);
    expect([other.skip(100), other.take(100)].map((part) => warnings(part).length > 0)).toEqual([overlaps, overlaps]);
  });
});
