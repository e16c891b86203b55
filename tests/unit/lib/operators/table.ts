import { fileURLToPath } from 'node:url';
import { Dataset, type FunctionOptions } from 'stemma';
import { inBuckets } from './in-buckets';
import { inPlaces } from './in-places';

/** One operator as the tests use it: on a dataset of numbers, and what it means on a plain array. */
export interface Operator {
  name: string;
  apply(ds: Dataset<number>): Dataset<unknown>;
  /** Null where chance decides: then the items that come out are checked to be among those that went in. */
  array: ((items: number[]) => unknown[]) | null;
  /**
   * A call of it with any options, as JavaScript can make it; in one of its entries, the one that has its name alone.
   */
  withOptions?(ds: Dataset<number>, options: never): unknown;
  /** Where it takes a function: the operator with this one in it. */
  withFunction?(ds: Dataset<number>, fn: (n: number) => unknown, options: FunctionOptions): Dataset<unknown>;
}

const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const windows = (items: number[], size: number, shift: number, stride: number): number[][] =>
  items.flatMap((_, at) => {
    if (at % shift > 0) return [];
    return [items.slice(at, at + (size - 1) * stride + 1).filter((_, i) => i % stride === 0)];
  });

const alternate = (items: number[], others: number[]): number[] => {
  const [a, b] = [[...items], [...others]];
  const merged: number[] = [];
  while (a.length + b.length > 0) merged.push(...a.splice(0, 1), ...b.splice(0, 1));
  return merged;
};

export const DOUBLE_MODULE = fileURLToPath(new URL('double.mjs', import.meta.url));

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const fn = (): number => 1;

export const operators: Operator[] = [
  {
    name: 'map',
    withOptions: (ds, options) => ds.map(fn, options),
    apply: (ds) => ds.map((n) => n + 1),
    array: (a) => a.map((n) => n + 1),
    withFunction: (ds, fn, options) => ds.map(fn, options),
  },
  {
    name: 'map (asynchronous)',
    apply: (ds) => ds.map(async (n) => n + 1),
    array: (a) => a.map((n) => n + 1),
    withFunction: (ds, fn, options) => ds.map(async (n) => fn(n), options),
  },
  {
    name: 'randomMap',
    withOptions: (ds, options) => ds.randomMap(fn, options),
    apply: (ds) => ds.randomMap((n, random) => (random.next() < 2 ? n : null), { seed: 1 }),
    array: (a) => a,
    withFunction: (ds, fn, options) => ds.randomMap(fn, { ...options, seed: 1 }),
  },
  {
    name: 'mapInWorkers',
    withOptions: (ds, options) => ds.mapInWorkers(DOUBLE_MODULE, options),
    apply: (ds) => ds.mapInWorkers(DOUBLE_MODULE, { threads: 1 }),
    array: (a) => a.map((n) => n * 2),
  },
  {
    name: 'flatMap',
    withOptions: (ds, options) => ds.flatMap(() => [1], options),
    apply: (ds) => ds.flatMap((n) => new Array<number>(n % 3).fill(n)),
    array: (a) => a.flatMap((n) => new Array<number>(n % 3).fill(n)),
    withFunction: (ds, fn, options) => ds.flatMap((n) => [fn(n)], options),
  },
  {
    name: 'flatMap (generator)',
    apply: (ds) =>
      ds.flatMap(function* (n) {
        yield n;
        yield -n;
      }),
    array: (a) => a.flatMap((n) => [n, -n]),
    withFunction: (ds, fn, options) =>
      ds.flatMap(function* (n) {
        yield fn(n);
      }, options),
  },
  {
    name: 'flatMap (asynchronous generator)',
    apply: (ds) =>
      ds.flatMap(async function* (n) {
        yield n;
        yield -n;
      }),
    array: (a) => a.flatMap((n) => [n, -n]),
    withFunction: (ds, fn, options) =>
      ds.flatMap(async function* (n) {
        yield fn(n);
      }, options),
  },
  {
    name: 'interleave (of lists that a function makes)',
    apply: (ds) => ds.interleave((n) => new Array<number>(n % 4).fill(n), { cycleLength: 3, blockLength: 2 }),
    array: (a) => inPlaces(a.map((n) => new Array<number>(n % 4).fill(n)), 3, 2), // prettier-ignore
    withFunction: (ds, fn, options) => ds.interleave((n) => [fn(n)], options),
  },
  {
    name: 'interleave (of datasets that a function makes)',
    apply: (ds) => ds.interleave((n) => Dataset.fromArray([n, -n])),
    array: (a) => inPlaces(a.map((n) => [n, -n]), 4, 1), // prettier-ignore
    withFunction: (ds, fn, options) => ds.interleave(async (n) => Dataset.fromArray([fn(n)]), options),
  },
  {
    name: 'interleave (of asynchronous generators)',
    apply: (ds) =>
      ds.interleave(async function* (n) {
        yield n;
        yield -n;
      }),
    array: (a) => inPlaces(a.map((n) => [n, -n]), 4, 1), // prettier-ignore
  },
  {
    name: 'filter',
    withOptions: (ds, options) => ds.filter(fn, options),
    apply: (ds) => ds.filter((n) => n % 3 === 1),
    array: (a) => a.filter((n) => n % 3 === 1),
    withFunction: (ds, fn, options) => ds.filter((n) => (fn(n), true), options),
  },
  {
    name: 'tap',
    withOptions: (ds, options) => ds.tap(fn, options),
    apply: (ds) => ds.tap(() => undefined),
    array: (a) => a,
    withFunction: (ds, fn, options) => ds.tap(fn, options),
  },
  {
    name: 'enumerate',
    withOptions: (ds, options) => ds.enumerate(options),
    apply: (ds) => ds.enumerate({ start: 5 }),
    array: (a) => a.map((n, i) => [i + 5, n]),
  },
  {
    name: 'batch',
    withOptions: (ds, options) => ds.batch(2, options),
    apply: (ds) => ds.batch(3),
    array: (a) => chunks(a, 3),
  },
  {
    name: 'batch (dropRemainder)',
    apply: (ds) => ds.batch(3, { dropRemainder: true }),
    array: (a) => chunks(a, 3).filter((batch) => batch.length === 3),
  },
  {
    name: 'paddedBatch',
    withOptions: (ds, options) => ds.paddedBatch(2, options),
    apply: (ds) => ds.map((n) => new Array<number>(n % 3).fill(n)).paddedBatch(2, { value: -1, shape: [3] }),
    array: (a) =>
      chunks(
        a.map((n) => [...new Array<number>(n % 3).fill(n), -1, -1, -1].slice(0, 3)),
        2,
      ),
  },
  { name: 'epoch', withOptions: (ds, options) => ds.epoch(1, options), apply: (ds) => ds.epoch(1), array: (a) => a },
  {
    name: 'unbatch',
    withOptions: (ds, options) => (ds as Dataset<unknown> as Dataset<number[]>).unbatch(options),
    apply: (ds) => ds.batch(4).unbatch(),
    array: (a) => a,
  },
  {
    name: 'window',
    withOptions: (ds, options) => ds.window(3, options),
    apply: (ds) => ds.window(3),
    array: (a) => windows(a, 3, 3, 1),
  },
  { name: 'window (overlapping)', apply: (ds) => ds.window(3, { shift: 1 }), array: (a) => windows(a, 3, 1, 1) },
  {
    name: 'window (gaps, strides, dropRemainder)',
    apply: (ds) => ds.window(2, { shift: 7, stride: 2, dropRemainder: true }),
    array: (a) => windows(a, 2, 7, 2).filter((window) => window.length === 2),
  },
  {
    name: 'bucketBy',
    withOptions: (ds, options) => ds.bucketBy(fn, options),
    apply: (ds) => ds.bucketBy((n) => n % 3, { size: 4 }),
    array: (a) => inBuckets(a, (n) => n % 3, 4),
  },
  {
    name: 'bucketBy (boundaries, dropRemainder)',
    apply: (ds) => ds.bucketBy((n) => n, { boundaries: [2, 5], size: 2, collate: true, dropRemainder: true }),
    array: (a) => inBuckets(a, (n) => (n < 2 ? 0 : n < 5 ? 1 : 2), 2).filter((list) => list.length === 2),
  },
  {
    name: 'take',
    withOptions: (ds, options) => ds.take(1, options),
    apply: (ds) => ds.take(4),
    array: (a) => a.slice(0, 4),
  },
  {
    name: 'skip',
    withOptions: (ds, options) => ds.skip(1, options),
    apply: (ds) => ds.skip(4),
    array: (a) => a.slice(4),
  },
  {
    name: 'takeWhile',
    withOptions: (ds, options) => ds.takeWhile(fn, options),
    apply: (ds) => ds.takeWhile((n) => n < 6),
    array: (a) => a.slice(0, 6),
  },
  {
    name: 'takeWhile (asynchronous)',
    apply: (ds) => ds.takeWhile(async (n) => n < 600),
    array: (a) => a.slice(0, 600),
  },
  {
    name: 'skipWhile',
    withOptions: (ds, options) => ds.skipWhile(fn, options),
    apply: (ds) => ds.skipWhile((n) => n < 4),
    array: (a) => a.slice(4),
  },
  { name: 'skipWhile (asynchronous)', apply: (ds) => ds.skipWhile(async (n) => n < 4), array: (a) => a.slice(4) },
  {
    name: 'scan',
    withOptions: (ds, options) => ds.scan(0, fn, options),
    apply: (ds) => ds.scan(0, (sum, n) => sum + n),
    array: (a) => a.map((n) => (n * (n + 1)) / 2),
  },
  {
    name: 'distinct',
    withOptions: (ds, options) => ds.distinct(options),
    apply: (ds) => ds.distinct({ key: (n) => [n - (n % 2)] }),
    array: (a) => a.filter((n) => n % 2 === 0),
  },
  {
    name: 'scan (asynchronous)',
    apply: (ds) =>
      ds.scan(
        () => 0,
        async (sum, n) => sum + n,
      ),
    array: (a) => a.map((n) => (n * (n + 1)) / 2),
  },
  {
    name: 'repeat',
    withOptions: (ds, options) => ds.repeat(2, options),
    apply: (ds) => ds.repeat(3),
    array: (a) => [...a, ...a, ...a],
  },
  {
    name: 'shard',
    withOptions: (ds, options) => ds.shard(0, 2, options),
    apply: (ds) => ds.shard(1, 3),
    array: (a) => a.filter((_, i) => i % 3 === 1),
  },
  { name: 'concat', apply: (ds) => ds.concat(Dataset.range(3)), array: (a) => [...a, 0, 1, 2] },
  {
    name: 'zip',
    apply: (ds) => Dataset.zip([ds, Dataset.fromArray(letters)], { ends: 'shortest' }),
    array: (a) => a.slice(0, 8).map((n, i) => [n, letters[i]]),
  },
  {
    name: 'zip (to the longest)',
    apply: (ds) => Dataset.zip([ds, Dataset.fromArray(letters)], { ends: 'longest' }),
    array: (a) => Array.from({ length: Math.max(8, a.length) }, (_, i) => [a[i], letters[i]]),
  },
  {
    name: 'zip (with one without an end)',
    apply: (ds) => Dataset.zip([Dataset.fromArray(letters).repeat(), ds]),
    array: (a) => a.map((n, i) => [letters[i % 8], n]),
  },
  {
    name: 'zip (of itself, by name)',
    apply: (ds) => Dataset.zip({ a: ds, b: ds }),
    array: (a) => a.map((n) => ({ a: n, b: n })),
  },
  {
    name: 'interleave',
    apply: (ds) => Dataset.interleave([ds, Dataset.range(5)]),
    array: (a) => alternate(a, [0, 1, 2, 3, 4]),
  },
  { name: 'mix', apply: (ds) => Dataset.mix([ds, ds], { weights: [1, 3], seed: 9 }), array: null },
  {
    name: 'shuffle',
    withOptions: (ds, options) => ds.shuffle(options),
    apply: (ds) => ds.shuffle({ seed: 3, reshuffleEachIteration: false }),
    array: null,
  },
  {
    name: 'shuffle (buffer)',
    apply: (ds) => ds.shuffle({ seed: 3, bufferSize: 5, reshuffleEachIteration: false }),
    array: null,
  },
  {
    name: 'sample',
    withOptions: (ds, options) => ds.sample(0.5, options),
    apply: (ds) => ds.sample(0.4, { seed: 2 }),
    array: null,
  },
  {
    name: 'sampleWeighted',
    withOptions: (ds, options) => ds.sampleWeighted(fn, options),
    apply: (ds) => ds.sampleWeighted((n) => (n % 5) / 4, { seed: 2, reshuffleEachIteration: false }),
    array: null,
    withFunction: (ds, fn, options) => ds.sampleWeighted((n) => (fn(n), 1), options),
  },
  {
    name: 'sampleWeighted (asynchronous)',
    apply: (ds) => ds.sampleWeighted(async (n) => n % 2),
    array: (a) => a.filter((n) => n % 2 === 1),
    withFunction: (ds, fn, options) => ds.sampleWeighted(async (n) => (fn(n), 1), options),
  },
  {
    name: 'split',
    withOptions: (ds, options) => ds.split({ a: 0.5 }, options),
    apply: (ds) => ds.split({ train: 0.6, validation: 0.4 }, { seed: 2 }).train,
    array: null,
  },
  {
    name: 'through',
    withOptions: (ds, options) => ds.through((items) => items, options),
    apply: (ds) =>
      ds.through(async function* (items) {
        for await (const n of items) if (n % 3 > 0) yield* [n, -n];
      }),
    array: (a) => a.filter((n) => n % 3 > 0).flatMap((n) => [n, -n]),
  },
  {
    name: 'prefetch',
    withOptions: (ds, options) => ds.prefetch(2, options),
    apply: (ds) => ds.prefetch(4),
    array: (a) => a,
  },
  { name: 'cache', withOptions: (ds, options) => ds.cache(options), apply: (ds) => ds.cache(), array: (a) => a },
];
