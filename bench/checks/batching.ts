import { Dataset } from 'stemma';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';

const BATCH = 32;

/** Items by their form, as many of each as take about as long. */
const FORMS: readonly [what: string, count: number, make: (i: number) => unknown][] = [
  ['records of 4 fields', 200_000, (i) => ({ id: i, name: `n${i % 7}`, score: i * 0.5, ok: i % 2 === 0 })],
  ['records of records', 200_000, (i) => ({ id: i, at: { x: i, y: 2 } })],
  [
    'records with a tensor',
    100_000,
    (i) => ({ image: { data: Float32Array.of(i, 2, 3, 4), shape: [2, 2] }, label: i }),
  ],
  ['lists of 8 numbers', 200_000, (i) => [i, i + 1, i + 2, i + 3, i, i, i, i]],
  ['numbers', 1_000_000, (i) => i * 0.5],
];

/** Processor time in nanoseconds an item. */
async function batch(items: readonly unknown[]): Promise<number> {
  const before = process.cpuUsage();
  await Dataset.fromArray(items)
    .batch(BATCH)
    .forEach(() => undefined);
  return (process.cpuUsage(before).user * 1e3) / items.length;
}

/** All forms in one process, as in a notebook: code that V8 made for one of them is slower for all. */
export const batching: Check = {
  name: 'batching',
  title: `What batch(${BATCH}) takes, processor time`,
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    record('off');
    const forms = FORMS.map(([what, count, make]) => ({
      what,
      items: Array.from({ length: quick ? count / 4 : count }, (_, i) => make(i)),
      ns: Infinity,
    }));
    for (let i = 0; i <= runs * 3; i++)
      // A busy machine can only add to the minimum.
      for (const form of forms) form.ns = Math.min(form.ns, await batch(form.items));
    return forms.map(({ what, ns }) => ({ what, measured: ns, unit: 'ns/item' }));
  },
};
