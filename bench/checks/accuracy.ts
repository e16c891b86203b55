import { Dataset, Random } from 'stemma';
import { currentSession } from 'stemma/recorder';
import { ThreadTime } from '../../lib/dist/recorder/thread-time.js';
import { Timer } from '../../lib/dist/recorder/timer.js';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';
import { median, quantile } from '../harness/statistics';

type Work = (x: number) => number;

/** Work that differs from item to item by a factor of up to eight, as real functions do. */
const worker = (rounds: number): Work => {
  const random = new Random(rounds);
  const lengths = Array.from({ length: 1024 }, () => Math.ceil(rounds * Math.exp(random.normal(0, 0.7))));
  return (x) => {
    let y = x;
    for (let i = lengths[x & 1023]!; i > 0; i--) y = (Math.imul(y, 1103515245) + 12345) | 0;
    return x + (y & 0);
  };
};

const BATCH = 8;
const CONCURRENCY = 8;

interface Subject {
  name: string;
  apply: (source: Dataset<number>, work: Work) => Dataset<unknown>;
  /** Its calls are under way at the same time. */
  overlapping?: boolean;
  /** How many items it emits for this many. */
  itemsOut: (items: number) => number;
  /** This many items, with this many rounds of work each. */
  sizes: (quick: boolean) => [items: number, rounds: number][];
}

const subjects: Subject[] = [
  {
    name: 'map',
    apply: (source, work) => source.map(work),
    itemsOut: (items) => items,
    sizes: (quick) => [
      [1_000, 3000],
      [100_000, 100],
      [quick ? 1_000_000 : 10_000_000, 20],
    ],
  },
  {
    name: 'async map',
    apply: (source, work) => source.map(async (x) => work(await x), { concurrency: CONCURRENCY }),
    overlapping: true,
    itemsOut: (items) => items,
    sizes: () => [
      [1_000, 3000],
      [100_000, 100],
    ],
  },
  {
    name: 'flatMap',
    apply: (source, work) => source.flatMap((x) => [work(x), x]),
    itemsOut: (items) => 2 * items,
    sizes: () => [
      [1_000, 3000],
      [100_000, 100],
    ],
  },
  {
    name: 'batch',
    apply: (source) => source.map((x) => ({ x, y: [x] })).batch(BATCH),
    itemsOut: (items) => items / BATCH,
    sizes: () => [
      [8_000, 0],
      [200_000, 0],
    ],
  },
];

/**
 * Times by sampling what the timer of “time everything” times: the very same calls, so that what else the machine does
 * meets both.
 */
class TwinTimer extends Timer {
  /** When the calls began that sampling leaves out. */
  readonly #untimed = new Set<number>();

  constructor(private readonly complete: Timer) {
    // What is timed twice would be booked twice.
    super(complete.overlapping, false, new ThreadTime());
  }

  override begin(items: number): number {
    const isTimed = super.begin(items) !== 0;
    const start = this.complete.begin(items);
    if (!isTimed) this.#untimed.add(start);
    return start;
  }

  override pass(items: number): void {
    super.pass(items);
    this.complete.pass(items);
  }

  override end(start: number, items: number): void {
    if (!this.#untimed.delete(start)) super.end(start, items);
    this.complete.end(start, items);
  }

  override beginOutput(): number {
    const isTimed = super.beginOutput() !== 0;
    const start = this.complete.beginOutput();
    if (!isTimed) this.#untimed.add(start);
    return start;
  }

  override endOutput(start: number, items: number): void {
    super.endOutput(this.#untimed.delete(start) ? 0 : start, items);
    this.complete.endOutput(start, items);
  }

  override spend(ms: number): void {
    super.spend(ms);
    this.complete.spend(ms);
  }
}

/** By how many percent sampled times are off. */
async function anomaly({ apply, overlapping, itemsOut }: Subject, items: number, work: Work): Promise<Anomaly> {
  record('time everything');
  const dataset = apply(Dataset.range(items), work);
  const process = [...currentSession().processes.values()].at(-1)!;
  if (overlapping === true) process.setOverlapping(CONCURRENCY);
  const everything = process.timer;
  const sampled = (process.timer = new TwinTimer(everything));
  await dataset.forEach(() => undefined);
  const [found, wanted] = [sampled.statistics()!, everything.statistics()!];
  if (wanted.timedItems !== items) throw new Error(`“time everything” timed ${wanted.timedItems} of ${items} items`);
  return {
    total: Math.abs(found.totalMs / wanted.totalMs - 1) * 100,
    mean: Math.abs(found.meanMs / wanted.meanMs - 1) * 100,
    counts: process.itemsIn === items && process.itemsOut === itemsOut(items),
  };
}

interface Anomaly {
  total: number;
  mean: number;
  counts: boolean;
}

export const accuracy: Check = {
  name: 'accuracy',
  title: 'Sampled times against “time everything” of the same work, and counts',
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    const measurements: Measurement[] = [];
    for (const subject of subjects) {
      for (const [items, rounds] of subject.sizes(quick)) {
        const work = worker(rounds);
        const found: Anomaly[] = [];
        for (let i = 0; i < (items > 1_000_000 ? runs : runs * 4); i++) found.push(await anomaly(subject, items, work));
        const what = `${subject.name}, ${items.toLocaleString('en')} items`;
        for (const name of ['total', 'mean'] as const) {
          const values = found.map((one) => one[name]);
          measurements.push(
            { what: `${what}: ${name} time is off by, median`, measured: median(values), unit: '%', atMost: 5 },
            { what: `${what}: ${name} time is off by, p90`, measured: quantile(values, 0.9), unit: '%' },
          );
        }
        const wrong = found.filter((one) => !one.counts).length;
        measurements.push({ what: `${what}: runs whose counts are wrong`, measured: wrong, unit: 'runs', atMost: 0 });
      }
    }
    return measurements;
  },
};
