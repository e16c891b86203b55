import { Dataset, Random } from 'stemma';
import { currentSession } from 'stemma/dist/recorder/session';
import { Timer } from 'stemma/dist/recorder/timer';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';
import { median } from '../harness/statistics';

/** Work that differs from item to item by a factor of up to eight, as real functions do. */
const worker = (rounds: number) => {
  const random = new Random(rounds);
  const lengths = Array.from({ length: 1024 }, () => Math.ceil(rounds * Math.exp(random.normal(0, 0.7))));
  return (x: number): number => {
    let y = x;
    for (let i = lengths[x & 1023]!; i > 0; i--) y = (Math.imul(y, 1103515245) + 12345) | 0;
    return x + (y & 0);
  };
};

/** Times each chunk twice, by sampling and completely: what else the machine does meets both. */
class TwinTimer extends Timer {
  readonly complete = new Timer(false, true);
  #start = 0;

  constructor() {
    super(false, false);
  }

  override begin(items: number): number {
    this.#start = this.complete.begin(items);
    return super.begin(items) || Number.MIN_VALUE;
  }

  override end(start: number, items: number): void {
    if (start !== Number.MIN_VALUE) super.end(start, items);
    this.complete.end(this.#start, items);
  }
}

async function deviation(items: number, rounds: number): Promise<{ total: number; mean: number; counts: boolean }> {
  const dataset = Dataset.range(items).map(worker(rounds));
  const process = [...currentSession().processes.values()].at(-1)!;
  const timer = new TwinTimer();
  process.timer = timer;
  await dataset.forEach(() => undefined);
  const sampled = timer.statistics()!;
  const complete = timer.complete.statistics()!;
  const { itemsIn, itemsOut } = process;
  return {
    total: (sampled.totalMs / complete.totalMs - 1) * 100,
    mean: (sampled.meanMs / complete.meanMs - 1) * 100,
    counts: itemsIn === items && itemsOut === items,
  };
}

export const accuracy: Check = {
  name: 'accuracy',
  title: 'Sampled times against “time everything” of the same work, and counts',
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    record('on');
    const measurements: Measurement[] = [];
    for (const [items, rounds] of [
      [1_000, 3000],
      [100_000, 100],
      [quick ? 1_000_000 : 10_000_000, 20],
    ] as const) {
      const found: Awaited<ReturnType<typeof deviation>>[] = [];
      for (let i = 0; i < (items > 1_000_000 ? runs : runs * 4); i++) found.push(await deviation(items, rounds));
      const of = (pick: (one: (typeof found)[number]) => number): number =>
        median(found.map((one) => Math.abs(pick(one))));
      const what = `${items.toLocaleString('en')} items`;
      measurements.push(
        { what: `${what}: total time is off by`, measured: of(({ total }) => total), unit: '%', atMost: 5 },
        { what: `${what}: mean time is off by`, measured: of(({ mean }) => mean), unit: '%', atMost: 5 },
        {
          what: `${what}: runs whose counts are wrong`,
          measured: found.filter((one) => !one.counts).length,
          unit: 'runs',
          atMost: 0,
        },
      );
    }
    return measurements;
  },
};
