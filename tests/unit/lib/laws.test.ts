import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { soak } from '../../support/soak';

/** One operation of a random pipeline: on datasets, and what it means on plain arrays. */
interface Law {
  name: string;
  dataset(ds: Dataset<number>): Dataset<number>;
  array(items: number[]): number[];
}

const sum = (numbers: number[]): number => numbers.reduce((x, y) => x + y, 0);

/** `block` items of one array, then of the other. */
function inTurn(a: number[], b: number[], block: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i += block)
    merged.push(...a.slice(i, i + block), ...b.slice(i, i + block));
  return merged;
}

const small = fc.integer({ min: 0, max: 40 });
const size = fc.integer({ min: 1, max: 9 });

const law: fc.Arbitrary<Law> = fc.oneof(
  small.map((k): Law => ({
    name: `map +${k}`,
    dataset: (ds) => ds.map((n) => n + k),
    array: (a) => a.map((n) => n + k),
  })),
  small.map((k): Law => ({
    name: `async map *${k}`,
    dataset: (ds) => ds.map(async (n) => n * k),
    array: (a) => a.map((n) => n * k),
  })),
  size.map((k): Law => ({
    name: `filter %${k}`,
    dataset: (ds) => ds.filter((n) => n % k === 0),
    array: (a) => a.filter((n) => n % k === 0),
  })),
  size.map((k): Law => ({
    name: `async filter %${k}`,
    dataset: (ds) => ds.filter(async (n) => n % k !== 1),
    array: (a) => a.filter((n) => n % k !== 1),
  })),
  small.map((k): Law => ({ name: `take ${k}`, dataset: (ds) => ds.take(k), array: (a) => a.slice(0, k) })),
  small.map((k): Law => ({ name: `skip ${k}`, dataset: (ds) => ds.skip(k), array: (a) => a.slice(k) })),
  small.map((k): Law => ({
    name: `takeWhile < ${k}`,
    dataset: (ds) => ds.takeWhile((n) => n < k),
    array: (a) => a.slice(0, (a.findIndex((n) => !(n < k)) + a.length + 1) % (a.length + 1)),
  })),
  small.map((k): Law => ({
    name: `async skipWhile < ${k}`,
    dataset: (ds) => ds.skipWhile(async (n) => n < k),
    array: (a) => (a.every((n) => n < k) ? [] : a.slice(a.findIndex((n) => !(n < k)))),
  })),
  size.map((k): Law => ({
    name: `distinct %${k}`,
    dataset: (ds) => ds.distinct({ key: (n) => ({ rest: n % k }) }),
    array: (a) => a.filter((n, i) => a.findIndex((m) => m % k === n % k) === i),
  })),
  size.map((k): Law => ({
    name: `scan %${k}`,
    dataset: (ds) => ds.scan(k, (state, n) => (state + n) % 97),
    array: (a) => a.map((_, i) => a.slice(0, i + 1).reduce((state, n) => (state + n) % 97, k)),
  })),
  fc.integer({ min: 0, max: 3 }).map((k): Law => ({
    name: `repeat ${k}`,
    dataset: (ds) => ds.repeat(k),
    array: (a) => Array.from({ length: k }, () => a).flat(),
  })),
  small.map((k): Law => ({
    name: `concat range ${k}`,
    dataset: (ds) => ds.concat(Dataset.range(k)),
    array: (a) => [...a, ...Array(k).keys()],
  })),
  size.map((k): Law => ({
    name: `flatMap %${k}`,
    dataset: (ds) => ds.flatMap((n) => new Array<number>(Math.abs(n % k)).fill(n)),
    array: (a) => a.flatMap((n) => new Array<number>(Math.abs(n % k)).fill(n)),
  })),
  fc.tuple(size, size).map(([k, shift]): Law => ({
    name: `window ${k} by ${shift}, sums`,
    dataset: (ds) => ds.window(k, { shift }).map(sum),
    array: (a) => a.flatMap((_, i) => (i % shift === 0 ? [sum(a.slice(i, i + k))] : [])),
  })),
  fc.tuple(size, size).map(([index, more]): Law => ({
    name: `shard ${index} of ${index + more}`,
    dataset: (ds) => ds.shard(index, index + more),
    array: (a) => a.filter((_, i) => i % (index + more) === index),
  })),
  size.map((k): Law => ({
    name: `batch ${k}, unbatch, prefetch`,
    dataset: (ds) => ds.batch(k).unbatch().prefetch(k),
    array: (a) => a,
  })),
  size.map((k): Law => ({
    name: `interleave by ${k}, zip, cache`,
    dataset: (ds) =>
      Dataset.zip([Dataset.interleave([ds, Dataset.range(k)], { blockLength: k }), ds], { ends: 'shortest' })
        .map(([a, b]) => a - b)
        .cache(),
    array: (a) =>
      inTurn(a, [...Array(k).keys()], k)
        .slice(0, a.length)
        .map((n, i) => n - a[i]!),
  })),
  size.map((k): Law => ({
    name: `batch ${k}, sums`,
    dataset: (ds) => ds.batch(k).map((b) => b.reduce((x, y) => x + y, 0)),
    array: (a) =>
      Array.from({ length: Math.ceil(a.length / k) }, (_, i) => a.slice(i * k, i * k + k).reduce((x, y) => x + y, 0)),
  })),
);

const pipelines = fc.tuple(
  fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 400 }),
  fc.array(law, { maxLength: 6 }),
);

it('a pipeline gives what plain array code gives, by every sink', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, async ([items, laws]) => {
      const expected = laws.reduce((a, op) => op.array(a), items);
      const ds = laws.reduce((d, op) => op.dataset(d), Dataset.fromArray(items));
      expect(await ds.toArray()).toEqual(expected);
      const iterated: number[] = [];
      for await (const item of ds) iterated.push(item);
      expect(iterated).toEqual(expected);
      expect(await ds.count()).toBe(expected.length);
      const { length } = ds;
      if (length.kind === 'exact') expect(length.items).toBe(expected.length);
      if (length.kind === 'atMost') expect(length.items).toBeGreaterThanOrEqual(expected.length);
    }),
    { numRuns: soak(3000, 150) },
  );
});

const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

it('the parts of a split are the whole, whatever comes before, and no item is in two of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300 }), shares, fc.integer(), async (count, weights, seed) => {
      const total = sum(weights);
      const parts = Object.fromEntries(weights.map((weight, i) => [`part ${i}`, weight / total]));
      const split = (ds: Dataset<number>): Promise<number[][]> =>
        Promise.all(Object.values(ds.split(parts, { seed })).map((part) => part.toArray()));
      const plain = await split(Dataset.range(count, 'rows'));
      expect(plain.flat().sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
      const shuffled = await split(Dataset.range(count, 'rows').shuffle());
      expect(shuffled.map((part) => part.sort((a, b) => a - b))).toEqual(plain);
    }),
    { numRuns: soak(1200, 60) },
  );
});

it('a shuffle without a bufferSize mixes classes that come one after the other', async () => {
  const sorted = Dataset.range(10_000).map((n) => Math.floor(n / 1000));
  const classesIn = (batches: number[][]): number[] => batches.map((batch) => new Set(batch).size);
  const all = classesIn(await sorted.shuffle({ seed: 123 }).batch(32).take(50).toArray());
  expect(Math.min(...all)).toBeGreaterThanOrEqual(7);
  // As docs/reference/operations.md says of a buffer that is smaller than the data.
  const buffered = classesIn(await sorted.shuffle({ seed: 123, bufferSize: 4096 }).batch(32).take(50).toArray());
  expect(Math.max(...buffered)).toBeLessThanOrEqual(6);
});

it('a mix, a shuffle and the shards together have every item once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300 }), shares, async (count, weights) => {
      const all = [...Array(count).keys()];
      const shards = weights.map((_, i) => Dataset.range(count).shard(i, weights.length));
      const mixed = Dataset.mix(shards, { weights });
      expect((await mixed.toArray()).sort((a, b) => a - b)).toEqual(all);
      expect((await mixed.shuffle({ bufferSize: 7 }).toArray()).sort((a, b) => a - b)).toEqual(all);
    }),
    { numRuns: soak(1200, 60) },
  );
});

it('recording changes nothing: the same output with recording on and off, and exact counts with it on', async () => {
  await fc.assert(
    fc.asyncProperty(pipelines, fc.integer(), async ([items, laws], seed) => {
      const run = async (recording: boolean): Promise<number[]> => {
        // A session of its own: the record of all runs before would have to be written down each time.
        Reflect.deleteProperty(globalThis, SESSION_KEY);
        provenance.recording = recording;
        try {
          const ds = laws
            .reduce((d, op) => op.dataset(d), Dataset.fromArray(items))
            .shuffle({ seed, bufferSize: 16 })
            .randomMap((n, random) => n + random.next(), { seed });
          return await ds.toArray();
        } finally {
          provenance.recording = true;
        }
      };
      const recorded = await run(true);
      const { processes, runs } = provenance.document({ samples: false });
      expect(await run(false)).toEqual(recorded);
      const last = runs.at(-1)!;
      const sink = processes.find((process) => process.id === last.sink)!;
      expect(last.state).toBe('complete');
      expect(sink.execution.itemsIn).toBe(recorded.length);
    }),
    { numRuns: soak(2000, 100) },
  );
});
