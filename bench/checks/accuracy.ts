import { Dataset, provenance, Random } from 'stemma';
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

/**
 * The same function twice in one chain, once timed by sampling and once completely: what else the machine does meets both. Of two runs,
 * one in each order, so that neither is always the first to touch an item.
 */
async function deviation(items: number, rounds: number): Promise<{ total: number; mean: number; counts: boolean }> {
  const sums = { sampled: { total: 0, mean: 0 }, everything: { total: 0, mean: 0 } };
  let counts = true;
  for (const order of [
    ['sampled', 'everything'],
    ['everything', 'sampled'],
  ] as const) {
    let dataset = Dataset.range(items);
    for (const timing of order) {
      provenance.settings.timing = timing;
      dataset = dataset.map(worker(rounds), timing);
    }
    await dataset.forEach(() => undefined);
    const { processes } = provenance.document({ samples: false });
    for (const timing of order) {
      const { execution } = processes.filter(({ kind, label }) => kind === 'map' && label === timing).at(-1)!;
      sums[timing].total += execution.ownTime!.totalMs;
      sums[timing].mean += execution.ownTime!.meanMs;
      counts &&= execution.itemsIn === items && execution.itemsOut === items;
    }
  }
  const off = (field: 'total' | 'mean'): number => (sums.sampled[field] / sums.everything[field] - 1) * 100;
  return { total: off('total'), mean: off('mean'), counts };
}

export const accuracy: Check = {
  name: 'accuracy',
  title: 'Sampled times against “time everything”, and counts',
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    record('on');
    const measurements: Measurement[] = [];
    for (const [items, rounds] of [
      [1_000, 3000],
      [100_000, 100],
      [quick ? 1_000_000 : 10_000_000, 4],
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
