import { Dataset } from 'stemma';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';
import { median } from '../harness/statistics';

const OPERATORS = 10;

/** Processor time of a chain of maps over numbers; each gets a function of its own. In milliseconds. */
async function run(makeFunction: (k: number) => (x: number) => number, items: number): Promise<number> {
  let dataset = Dataset.range(items);
  for (let k = 0; k < OPERATORS; k++) dataset = dataset.map(makeFunction(k));
  let sum = 0;
  const before = process.cpuUsage();
  await dataset.forEach((x) => void (sum += x));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}

/** Milliseconds without and with recording: runs in turns, the first of each thrown away. */
async function compare(
  makeFunction: (k: number) => (x: number) => number,
  items: number,
  runs: number,
): Promise<{ off: number; on: number }> {
  const times = { off: [] as number[], on: [] as number[] };
  for (let i = 0; i <= runs; i++)
    for (const mode of ['off', 'on'] as const) {
      record(mode);
      const ms = await run(makeFunction, items);
      if (i > 0) times[mode].push(ms);
    }
  return { off: median(times.off), on: median(times.on) };
}

const trivial = (k: number) => (x: number) => (x + k) | 0;

/** About a microsecond of arithmetic. */
const microsecond = (k: number) => (x: number) => {
  let y = x + k;
  for (let i = 0; i < 700; i++) y = (Math.imul(y, 1103515245) + 12345) | 0;
  return y;
};

export const recordingCost: Check = {
  name: 'recording-cost',
  title: `What recording costs, ${OPERATORS} maps, processor time`,
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    const items = quick ? 300_000 : 1_000_000;
    const cheap = await compare(trivial, items, runs * 3);
    const slowItems = items / 20;
    const slow = await compare(microsecond, slowItems, runs * 3);
    return [
      { what: 'without recording, trivial functions', measured: perItem(cheap.off, items), unit: 'ns/op/item' },
      {
        what: 'recording adds, trivial functions',
        measured: perItem(cheap.on - cheap.off, items),
        unit: 'ns/op/item',
        atMost: 5,
      },
      { what: 'without recording, slower functions', measured: perItem(slow.off, slowItems), unit: 'ns/op/item' },
      {
        what: 'recording adds, slower functions',
        measured: ((slow.on - slow.off) / slow.off) * 100,
        unit: '%',
        atMost: 1,
      },
    ];
  },
};

const perItem = (ms: number, items: number): number => (ms * 1e6) / items / OPERATORS;
