import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { nodeOf } from '../../../support/node-of';

const upTo = (count: number): number[] => [...Array(count).keys()];
const sorted = (items: number[]): number[] => [...items].sort((a, b) => a - b);
const processes = (): number => provenance.document({ samples: false }).processes.length;

async function all<T>(parts: { [name: string]: Dataset<T> }): Promise<T[][]> {
  const items: T[][] = [];
  for (const part of Object.values(parts)) items.push(await part.toArray());
  return items;
}

const sizes = (parts: unknown[][]): number[] => parts.map(({ length }) => length);

/** What gives 100 items, each a number of its own. */
const hundred: [string, () => Dataset<number>][] = [
  ['range', () => Dataset.range(100)],
  ['asynchronous calls', () => Dataset.range(100).map(async (n) => n, { concurrency: 5 })],
  ['calls out of order', () => Dataset.range(100).map(async (n) => n, { ordered: false })],
  ['a shuffle', () => Dataset.range(100).shuffle({ seed: 3 })],
  ['take', () => Dataset.range(500).take(100)],
  ['skip, shard, take', () => Dataset.range(500).skip(100).shard(1, 2).take(100)],
  ['concat', () => Dataset.range(30).concat(Dataset.range(70).map((n) => n + 30))],
  [
    'take of concat',
    () =>
      Dataset.range(30)
        .concat(Dataset.range(700).map((n) => n + 30))
        .take(100),
  ],
  ['interleave', () => Dataset.interleave([Dataset.range(50), Dataset.range(50).map((n) => n + 50)])],
  ['mix', () => Dataset.mix([Dataset.range(50), Dataset.range(50).map((n) => n + 50)], { seed: 1 })],
  ['zip', () => Dataset.zip([Dataset.range(100), Dataset.range(3).repeat()]).map(([n]) => n)],
  ['a cache', () => Dataset.range(100).shuffle().cache()],
  [
    'batches',
    () =>
      Dataset.range(300)
        .batch(3)
        .map((batch) => batch[0]!),
  ],
  ['a part', () => Dataset.range(400).split({ rest: 0.75, some: 0.25 }, { seed: 1 }).some],
  ['a part, taken', () => Dataset.range(400).split({ rest: 0.5, some: 0.5 }, { seed: 1 }).some.take(100)],
  ['an epoch', () => Dataset.range(100).shuffle({ seed: 3 }).epoch(4)],
];

describe('split', () => {
  it.each(hundred)('has exact sizes behind %s, by shares and by counts, disjoint and complete', async (_, make) => {
    for (const seed of [1, 2, 3]) {
      const ds = make();
      const items = sorted(await ds.toArray());
      expect(items).toHaveLength(100);
      const shares = ds.split({ train: 0.7, validation: 0.2, test: 0.1 }, { seed });
      const parts = await all(shares);
      expect(sizes(parts)).toEqual([70, 20, 10]);
      expect(Object.values(shares).map(({ length }) => length)).toEqual(
        [70, 20, 10].map((count) => ({ kind: 'exact', items: count })),
      );
      expect(sorted(parts.flat())).toEqual(items);
      const counted = await all(ds.split({ train: 33, test: 7 }, { seed }));
      expect(sizes(counted)).toEqual([33, 7]);
      expect(new Set(counted.flat()).size).toBe(40);
      // The same parts in each run, and of the same code.
      expect((await all(shares)).map(sorted)).toEqual(parts.map(sorted));
      expect((await all(make().split({ train: 0.7, validation: 0.2, test: 0.1 }, { seed }))).map(sorted)).toEqual(
        parts.map(sorted),
      );
    }
  });

  it('keeps the parts of what a cache on disk holds, in a new process, too', async () => {
    const folder = temporaryFolder();
    const code = `
      import { Dataset } from 'stemma';
      const [cats, dogs] = [Dataset.range(30), Dataset.range(70).map((n) => n + 30)];
      const cached = Dataset.concat(cats, dogs).cache({ folder: process.argv[1], key: 'animals' });
      const parts = cached.split({ train: 0.8, test: 0.2 }, { seed: 4 });
      const train = await parts.train.toArray();
      console.log(JSON.stringify([train, await parts.test.toArray()]));`;
    const run = (): number[][] =>
      JSON.parse(
        execFileSync(process.execPath, ['--input-type=module', '-e', code, folder], { encoding: 'utf8' }),
      ) as number[][];
    const [filling, reading] = [run(), run()];
    expect(sizes(filling)).toEqual([80, 20]);
    expect(sorted(filling.flat())).toEqual(upTo(100));
    expect(reading).toEqual(filling);
  });

  it.each([
    [0, 0.8, 0.2, [0, 0]],
    [1, 0.8, 0.2, [1, 0]],
    [10, 0.8, 0.2, [8, 2]],
    [9, 0.5, 0.5, [5, 4]],
    [150, 0.8, 0.2, [120, 30]],
    [7, 1 / 3, 2 / 3, [2, 5]],
    [10, 0.25, 0.25, [3, 2]],
    [100, 0.29, 0.57, [29, 57]],
  ])('of %i items by %d and %d gives whole numbers by the largest remainder', async (count, a, b, expected) => {
    for (let seed = 0; seed < 5; seed++)
      expect(sizes(await all(Dataset.range(count).split({ a, b }, { seed })))).toEqual(expected);
  });

  it('of a file of unknown length has its shares but for a few items', async () => {
    const file = join(temporaryFolder(), 'iris.csv');
    writeFileSync(file, `n\n${upTo(150).join('\n')}\n`);
    const rows = Dataset.fromCsv<{ n: number }>(file).map(({ n }) => n);
    for (let seed = 0; seed < 20; seed++) {
      const parts = await all(rows.shuffle().split({ train: 0.8, test: 0.2 }, { seed }));
      expect(sizes(parts)).toEqual([120, 30]);
      expect(sorted(parts.flat())).toEqual(upTo(150));
    }
    const test = await rows.split({ train: 0.8, test: 0.2 }, { seed: 1 }).test.toArray();
    expect(test).not.toEqual(test.map((_, i) => 5 * i + (test[0]! % 5)));
    const thirds = Dataset.fromGenerator(() => upTo(3000), 'rows').split({ a: 1 / 3, b: 2 / 3 }, { seed: 1 });
    const counts = sizes(await all(thirds));
    expect(counts[0]! + counts[1]!).toBe(3000);
    expect(Math.abs(counts[0]! - 1000)).toBeLessThan(15);
    expect(() => rows.split({ train: 100, test: 50 })).toThrow('counts need a dataset whose number of items is known');
  });

  it('has the rows in their shares where a filter leaves some out, and the same ones as without it', async () => {
    const plain = await all(Dataset.range(200).split({ a: 0.5, b: 0.5 }, { seed: 1 }));
    const even = await all(
      Dataset.range(200)
        .filter((n) => n % 2 === 0)
        .split({ a: 0.5, b: 0.5 }, { seed: 1 }),
    );
    expect(even).toEqual(plain.map((part) => part.filter((n) => n % 2 === 0)));
    const [crops] = await all(
      Dataset.range(200)
        .flatMap((n) => [n, n])
        .repeat(2)
        .split({ a: 0.5, b: 0.5 }, { seed: 1 }),
    );
    expect(new Set(crops)).toEqual(new Set(plain[0]));
  });

  it('keeps its parts apart within one run and from epoch to epoch', async () => {
    const { train, test } = Dataset.range(60).shuffle({ seed: 1 }).split({ train: 0.5, test: 0.5 }, { seed: 2 });
    const pairs = await Dataset.zip([train, test]).toArray();
    expect(sorted(pairs.flat())).toEqual(upTo(60));
    const first = pairs.map(([n]) => n);
    const second = await train.toArray();
    expect([sorted(second), second.join() === first.join()]).toEqual([sorted(first), false]);
  });

  it('warns of an empty part, and of batches that a shuffle changes in each epoch', () => {
    const { a, b } = Dataset.range(3).split({ a: 0.9, b: 0.1 });
    expect([a, b].map((part) => nodeOf(part).record!.warnings)).toEqual([
      [],
      ['the part "b" is too small a share to have one of 3 items'],
    ]);
    const batches = Dataset.range(30).shuffle().batch(3);
    expect(nodeOf(batches.split({ a: 0.5 }).a).record!.warnings).toEqual([
      expect.stringContaining('Put split before batch'),
    ]);
    const still = Dataset.range(30).shuffle({ reshuffleEachIteration: false }).batch(3);
    expect(nodeOf(still.split({ a: 0.5 }).a).record!.warnings).toEqual([]);
  });

  it('checks all that it is given before it declares anything', () => {
    const ds = Dataset.range(10);
    const declared = processes();
    const wrong: [unknown, unknown, string][] = [
      [{ a: 0.8, b: 0.3 }, {}, 'together they are 1.1'],
      [{ a: 0.5, b: -1 }, {}, 'invalid share of "b" in split: expected a number from 0 to 1, got -1'],
      [{ a: 0.5, b: NaN }, {}, 'invalid share of "b" in split: expected a number from 0 to 1, got NaN'],
      [{ a: 0.5, b: '1' }, {}, 'invalid share of "b" in split: expected a number from 0 to 1, got "1"'],
      [
        { a: 3, b: 0.5 },
        {},
        'invalid count of "b" in split: expected a whole number, as one part has a count above 1, got 0.5',
      ],
      [
        { a: 3, b: Infinity },
        {},
        'invalid count of "b" in split: expected a whole number, as one part has a count above 1, got Infinity',
      ],
      [{ a: 8, b: 3 }, {}, 'invalid counts of split: together they are 11, but the dataset has 10 items'],
      [{}, {}, 'invalid parts of split: expected a share of the whole or a count for each part'],
      [[0.8, 0.2], {}, 'invalid parts of split: expected'],
      [undefined, {}, 'got undefined'],
      [{ a: 1 }, { seed: 0.5 }, 'invalid seed of split'],
      [{ a: 1 }, { stratify: 'label' }, 'invalid stratify of split: expected a function'],
      [{ a: 1 }, { stratify: Number, groupBy: Number }, 'both stratify and groupBy'],
      [{ a: 1 }, { by: Number }, 'unknown option "by" of split'],
    ];
    for (const [shares, options, message] of wrong)
      expect(() => ds.split(shares as never, options as never), message).toThrow(message);
    expect(processes()).toBe(declared);
  });

  it('law: disjoint, complete and of exact sizes, whatever is before it', async () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 })
      .filter((w) => w.some(Boolean));
    const steps = fc.array(
      fc.constantFrom<(ds: Dataset<number>) => Dataset<number>>(
        (ds) => ds.shuffle(),
        (ds) => ds.take(70),
        (ds) => ds.skip(3),
        (ds) => ds.shard(1, 2),
        (ds) => ds.map(async (n) => n, { concurrency: 3 }),
        (ds) => ds.concat(Dataset.range(9).map((n) => -1 - n)),
        (ds) => ds.cache(),
        (ds) => ds.prefetch(4),
        (ds) => ds.split({ a: 0.5, b: 0.5 }, { seed: 5 }).b,
        (ds) => ds.filter((n) => n % 3 !== 0),
        (ds) => ds.batch(2).unbatch(),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 150 }),
        weights,
        steps,
        fc.integer(),
        async (count, w, chosen, seed) => {
          const total = w.reduce((a, b) => a + b);
          const shares = Object.fromEntries(w.map((weight, i) => [`part ${i}`, weight / total]));
          // Without a shuffle that takes others each time.
          const isStable = !chosen.some(
            (step, i) => nodeOf(step(Dataset.range(1))).kind === 'shuffle' && i < chosen.length - 1,
          );
          const ds = chosen.reduce((d, step) => step(d), Dataset.range(count));
          const parts = ds.split(shares, { seed });
          const items = await all(parts);
          if (isStable) expect(sorted(items.flat())).toEqual(sorted(await ds.toArray()));
          for (const [i, part] of Object.values(parts).entries())
            if (part.length.kind === 'exact') expect(items[i]).toHaveLength(part.length.items);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('behind shard', () => {
  const shares = { train: 0.7, test: 0.3 };
  const digits = (count: number): Dataset<number> => Dataset.range(count).map((n) => n);

  it('law: the parts of all shards together are those of the whole, of the lengths that are said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 5 }), fc.nat(9), async (count, shards, seed) => {
        const make: ((of: (dataset: Dataset<number>) => Dataset<number>) => Dataset<number>)[] = [
          (of) => of(digits(count)),
          (of) => of(digits(count)).shuffle({ seed: 1 }),
          (of) => Dataset.concat(of(digits(count)), of(Dataset.range(100, 140))),
        ];
        for (const pipeline of make) {
          const whole = pipeline((dataset) => dataset).split(shares, { seed });
          const trained = new Set(await whole.train.toArray());
          const all: number[] = [];
          for (let index = 0; index < shards; index++) {
            const { train } = pipeline((dataset) => dataset.shard(index, shards)).split(shares, { seed });
            const items = await train.toArray();
            expect(train.length).toEqual({ kind: 'exact', items: items.length });
            all.push(...items);
          }
          expect(new Set(all)).toEqual(trained);
          expect(all.length).toBe(trained.size);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('holds of parts of parts, and of samples', async () => {
    const halves = (dataset: Dataset<number>) =>
      dataset.split(shares, { seed: 1 }).train.split({ a: 0.5, b: 0.5 }, { seed: 2 });
    const whole = new Set(await halves(digits(100)).a.toArray());
    const sampled = new Set(await digits(100).sample(0.3, { seed: 4 }).toArray());
    const [parts, samples]: number[][] = [[], []];
    for (const index of [0, 1, 2]) {
      const shard = digits(100).shard(index, 3);
      parts!.push(...(await halves(shard).a.toArray()));
      samples!.push(...(await shard.sample(0.3, { seed: 4 }).toArray()));
    }
    expect([new Set(parts), new Set(samples)]).toEqual([whole, sampled]);
    expect(sampled.size).toBe(30);
  });

  it('deals out a shard by itself by counts and keys, with a warning', async () => {
    const shard = digits(100).shard(0, 2);
    const counted = shard.split({ train: 30, test: 20 }, { seed: 3 });
    expect([(await counted.train.toArray()).length, counted.test.length]).toEqual([30, { kind: 'exact', items: 20 }]);
    shard.split(shares, { seed: 3, groupBy: (n) => n % 5, identifier: 'Grouped' });
    const { processes } = provenance.document();
    const warned = processes.filter(({ warnings }) => warnings?.some((text) => text.includes('split before shard')));
    expect(warned.map(({ label }) => label).slice(-2)).toEqual(['train', 'Grouped train']);
  });
});

describe('sample', () => {
  it.each(hundred)('has exactly its share behind %s, the same ones in each run', async (_, make) => {
    const some = make().sample(0.23, { seed: 1 });
    expect(some.length).toEqual({ kind: 'exact', items: 23 });
    const items = sorted(await some.toArray());
    expect([new Set(items).size, sorted(await some.toArray())]).toEqual([23, items]);
  });

  it('of a sample, or of a split with its seed, is another choice', async () => {
    const rows = Dataset.range(1000);
    const once = rows.sample(0.5, { seed: 1 });
    expect(await once.sample(0.5, { seed: 1 }).count()).toBe(250);
    const part = new Set(await rows.split({ a: 0.5, b: 0.5 }, { seed: 1 }).a.toArray());
    const both = (await once.toArray()).filter((n) => part.has(n));
    expect(Math.abs(both.length - 250)).toBeLessThan(60);
  });

  it('of what only the run tells is about its share', async () => {
    const some = Dataset.range(2000)
      .filter((n) => n % 2 === 0)
      .sample(0.5, { seed: 1 });
    expect(some.length).toEqual({ kind: 'atMost', items: 2000 });
    expect(Math.abs((await some.count()) - 500)).toBeLessThan(80);
  });
});

describe('split with stratify', () => {
  const flowers = (): Dataset<{ n: number; species: string }> =>
    Dataset.range(150, 'flowers').map((n) => ({ n, species: n < 30 ? 'rose' : n < 140 ? 'lily' : 'iris' }));
  const counts = (items: { species: string }[]): { [species: string]: number } => {
    const count: { [species: string]: number } = {};
    for (const { species } of items) count[species] = (count[species] ?? 0) + 1;
    return count;
  };

  it('has the items of each key in the same relation, and exact sizes', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const parts = flowers()
        .shuffle()
        .split({ train: 0.8, test: 0.2 }, { seed, stratify: ({ species }) => species });
      const [train, test] = await all(parts);
      expect(counts(train!)).toEqual({ rose: 24, lily: 88, iris: 8 });
      expect(counts(test!)).toEqual({ rose: 6, lily: 22, iris: 2 });
      expect(sorted([...train!, ...test!].map(({ n }) => n))).toEqual(upTo(150));
    }
  });

  it('has exact sizes also of many small keys, and of a stream of unknown length', async () => {
    const rows = Dataset.fromGenerator(() => upTo(63), 'rows').map((n) => ({ n, label: n % 21 }));
    const parts = await all(rows.split({ train: 0.8, test: 0.2 }, { seed: 1, stratify: ({ label }) => label }));
    expect(sizes(parts)).toEqual([50, 13]);
    for (let label = 0; label < 21; label++)
      expect(parts[1]!.filter((row) => row.label === label).length).toBeLessThanOrEqual(2);
    expect(sizes(await all(rows.split({ a: 10, b: 5 }, { stratify: ({ label }) => label })))).toEqual([10, 5]);
    await expect(rows.split({ a: 60, b: 5 }, { stratify: ({ label }) => label }).a.count()).rejects.toThrow(
      'the parts want 65 items, and there are 63',
    );
  });

  it('gives the same parts at any concurrency and in any order, and reads beforehand once', async () => {
    let calls = 0;
    const run = async (concurrency: number): Promise<number[][]> => {
      const rows = flowers().map(async (flower) => (calls++, flower), { concurrency, ordered: concurrency === 1 });
      const parts = rows.shuffle().split({ train: 0.5, test: 0.5 }, { seed: 3, stratify: ({ species }) => species });
      const items = (await all(parts)).map((part) => sorted(part.map(({ n }) => n)));
      // Once to deal them out, and once for each part.
      expect(calls).toBe(450);
      calls = 0;
      return items;
    };
    const one = await run(1);
    expect([await run(4), await run(16)]).toEqual([one, one]);
  });

  it('can be aborted while it reads beforehand', async () => {
    const controller = new AbortController();
    const endless = Dataset.range(1e9).tap((n) => void (n === 2000 && controller.abort(new Error('enough'))));
    const { a } = endless.split({ a: 0.5 }, { stratify: (n) => n % 2 });
    await expect(a.take(1).toArray({ signal: controller.signal })).rejects.toThrow('enough');
  });

  it('refuses keys that are no keys, items that change, and what never ends', async () => {
    const { a } = flowers().split({ a: 1 }, { stratify: (flower) => flower as never, identifier: 'Deal' });
    await expect(a.count()).rejects.toThrow(
      'split "Deal a" failed at item 0 (flowers item 0): expected a text, a number or true or false from stratify, got a record',
    );
    let run = 0;
    const growing = Dataset.fromGenerator(() => upTo(10 + 5 * run++), 'rows').split(
      { a: 1 },
      { stratify: () => true },
    ).a;
    await expect(growing.count()).rejects.toThrow(
      /item 10 \(rows item 10\): this item was not there, or had another key/,
    );
    for (const by of ['stratify', 'groupBy'] as const)
      expect(() =>
        Dataset.range(3)
          .repeat()
          .split({ a: 1 }, { [by]: Number }),
      ).toThrow(`${by} needs the end of its dataset`);
  });
});

describe('split with groupBy', () => {
  it('law: a group is in one part, all groups are there, sizes are as near as a group', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 120 }),
        fc.integer(),
        fc.boolean(),
        async (patients, seed, shuffled) => {
          const visits = Dataset.fromArray(patients, 'visits').map((patient, { signal: _ }) => ({ patient }));
          const before = shuffled ? visits.shuffle() : visits;
          const parts = await all(before.split({ train: 0.7, test: 0.3 }, { seed, groupBy: ({ patient }) => patient }));
          const groups = parts.map((part) => new Set(part.map(({ patient }) => patient)));
          expect([...groups[0]!].filter((patient) => groups[1]!.has(patient))).toEqual([]);
          expect(sorted(parts.flat().map(({ patient }) => patient))).toEqual(sorted(patients));
          const largest = Math.max(
            ...[...new Set(patients)].map((p) => patients.filter((other) => other === p).length),
          );
          expect(Math.abs(parts[0]!.length - 0.7 * patients.length)).toBeLessThanOrEqual(largest + 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells keys of different types apart, and leaves out what no part asks for', async () => {
    const keys = Dataset.fromArray<string | number | boolean>(['1', 1, true, 'true']);
    const { a } = keys.split({ a: 0.5 }, { seed: 1, groupBy: (key) => key });
    expect(await a.count()).toBe(2);
    const some = Dataset.range(100).split({ a: 30, b: 20 }, { seed: 1, groupBy: (n) => n % 10 });
    expect(sizes(await all(some))).toEqual([30, 20]);
  });
});

it('a part may have any name', async () => {
  const shares = JSON.parse('{ "__proto__": 0.5, "constructor": 0.5 }') as { [name: string]: number };
  const parts = Dataset.range(10).split(shares, { seed: 1 });
  const counts = await Promise.all(Object.values(parts).map((part) => part.count()));
  expect([Object.keys(parts), counts]).toEqual([
    ['__proto__', 'constructor'],
    [5, 5],
  ]);
});
