import { Dataset } from 'stemma';

/** A random pipeline as JSON, which another process can make, too. */
export interface Spec {
  items: number;
  /** Runs before the one that is broken off. */
  epochs: number;
  concurrency: number;
  steps: Step[];
}

/** The name of an operation in `STEPS`, and its number. */
export type Step = [name: keyof typeof STEPS, k: number];

type Numbers = Dataset<number>;
type Apply = (ds: Numbers, k: number, concurrency: number) => Numbers;

const total = (numbers: readonly number[]): number => numbers.reduce((x, y) => (x * 31 + y) % 1e9, 7);

/** Operations that go on by themselves, in every order of them. */
const FAST = {
  map: (ds, k) => ds.map((n) => n + k),
  'async map': (ds, k, concurrency) => ds.map(async (n) => n * (k + 1), { concurrency }),
  'skipping map': (ds, k) =>
    ds.map((n) => (n % (k + 2) === 0 ? Promise.reject(new Error('skipped')) : n), { onError: 'skip' }),
  filter: (ds, k) => ds.filter((n) => n % (k + 2) !== 0),
  'async filter': (ds, k, concurrency) => ds.filter(async (n) => n % (k + 2) !== 1, { concurrency }),
  randomMap: (ds, k) => ds.randomMap((n, random) => n + random.int(k + 2), { seed: k }),
  sampleWeighted: (ds, k) => ds.sampleWeighted(() => 0.7, { seed: k }),
  sample: (ds, k) => ds.sample(0.8, { seed: k }),
  split: (ds, k) => ds.split({ a: 0.7, b: 0.3 }, { seed: k }).a,
  shuffle: (ds, k) => ds.shuffle({ seed: k }),
  'small shuffle': (ds, k) => ds.shuffle({ seed: k, bufferSize: k * 3 + 1 }),
  'fixed shuffle': (ds, k) => ds.shuffle({ seed: k, bufferSize: 5, reshuffleEachIteration: false }),
  batch: (ds, k) => ds.batch(k + 1).map(total),
  'whole batches': (ds, k) => ds.batch(k + 1, { dropRemainder: true }).map(total),
  prefetch: (ds, k) => ds.prefetch(k * 7 + 1),
  repeat: (ds, k) => ds.repeat(k % 4),
  take: (ds, k) => ds.take(k * 9),
  skip: (ds, k) => ds.skip(k),
  shard: (ds, k) => ds.shard(k % 3, 3),
  enumerate: (ds, k) => ds.enumerate({ start: k }).map(([i, n]) => i * 1000 + n),
  epoch: (ds, k) => ds.epoch(k),
  concat: (ds, k) => ds.concat(Dataset.range(k * 3).map((n) => -n)),
} satisfies { [name: string]: Apply };

/** Those that are run again. */
const OTHERS = {
  distinct: (ds, k) => ds.distinct({ key: (n) => n % (k * 5 + 1) }),
  scan: (ds, k) => ds.scan(k, (sum, n) => (sum + n) % 1009),
  takeWhile: (ds, k) => ds.takeWhile((n) => n % 50 !== k + 40),
  window: (ds, k) => ds.window(k + 2, { shift: (k % 3) + 1 }).map(total),
  bucketBy: (ds, k) => ds.bucketBy((n) => n % 2, { size: k + 1 }).map(total),
  flatMap: (ds, k) => ds.flatMap((n) => new Array<number>(Math.abs(n % (k + 1))).fill(n)),
  'flatMap of a dataset': (ds, k) => ds.take(20).flatMap((n) => Dataset.range(Math.abs(n) % 5).shuffle({ seed: k })),
  unbatch: (ds, k) => ds.batch(k + 1).unbatch(),
  cache: (ds) => ds.cache(),
  through: (ds) =>
    ds.through(async function* (items) {
      for await (const n of items) if (n % 3 > 0) yield n;
    }),
  interleave: (ds, k) => Dataset.interleave([ds, Dataset.range(k * 5)], { blockLength: k + 1 }),
  mix: (ds, k) => Dataset.mix([ds, Dataset.range(k * 5)], { weights: [2, 1], seed: k }),
  zip: (ds, k) => Dataset.zip([ds, Dataset.range(60).shuffle({ seed: k })], { ends: 'shortest' }).map(total),
  'zip with itself': (ds) => Dataset.zip([ds, ds.map((n) => n + 1)], { ends: 'shortest' }).map(total),
  'split by groups': (ds, k) => ds.epoch(k).split({ a: 0.5, b: 0.5 }, { seed: k, groupBy: (n) => n % 7 }).a,
} satisfies { [name: string]: Apply };

const STEPS: { [name: string]: Apply } = { ...FAST, ...OTHERS };

export const [fastSteps, allSteps] = [Object.keys(FAST), Object.keys(STEPS)];

/** A dataset of its own, as a new process makes it. */
export function build({ items, concurrency, steps }: Spec): Numbers {
  return steps.reduce((ds, [name, k]) => STEPS[name]!(ds, k, concurrency), Dataset.range(items));
}
