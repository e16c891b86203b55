import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dataset } from 'stemma';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';
import { median } from '../harness/statistics';

/** Of this process, so that others on the machine do not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/**
 * Of the main thread alone, where the system says it (Linux): the collector and the compiler work in others meanwhile.
 */
function mainThreadMs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return processorMs();
  }
}

function buildMs(operators: number): number {
  const start = processorMs();
  let dataset = Dataset.range(10);
  for (let k = 1; k < operators; k++) dataset = dataset.map((x) => x + k);
  return processorMs() - start;
}

/** The longest time, of the main thread, between two turns of the event loop while `work` goes on; in milliseconds. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let last = mainThreadMs();
  let longest = 0;
  let on = true;
  const turn = (): void => {
    const at = mainThreadMs();
    longest = Math.max(longest, at - last);
    last = at;
    if (on) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  on = false;
  return longest;
}

/** Keeps the thread busy. */
function burn(ms: number): void {
  const end = processorMs() + ms;
  while (processorMs() < end);
}

const SCENES: { [what: string]: () => Promise<unknown> } = {
  'arithmetic on 3,000,000 numbers': () =>
    Dataset.range(3_000_000)
      .map((x) => x * 2)
      .filter((x) => x % 3 === 0)
      .batch(32)
      .count(),
  'a filter that keeps nothing': () =>
    Dataset.range(3_000_000)
      .filter((x) => x < 0)
      .count(),
  'functions of 3 ms': () =>
    Dataset.range(200)
      .map((x) => (burn(3), x))
      .batch(32)
      .count(),
  'a shuffle, then functions of 3 ms': () =>
    Dataset.range(200)
      .shuffle({ seed: 1 })
      .map((x) => (burn(3), x))
      .count(),
  'asynchronous functions that settle at once': () =>
    Dataset.range(300_000)
      .map(async (x) => x)
      .count(),
  'shuffle of 1,000,000': () => Dataset.range(1_000_000).shuffle({ seed: 1 }).count(),
};

const numbers = (): Dataset<number> => Dataset.range(1000);

async function callsOfTake5(
  fn: (count: () => void) => (x: number) => unknown,
  items: Dataset<number> = numbers(),
): Promise<number> {
  let calls = 0;
  await items
    .map(fn(() => calls++))
    .take(5)
    .toArray();
  return calls;
}

export const behaviour: Check = {
  name: 'behaviour',
  title: "Building (in processor time), the event loop (of the main thread's), laziness",
  measure: async ({ runs }): Promise<Measurement[]> => {
    record('on');
    const builds = Array.from({ length: runs }, () => buildMs(1000));
    const measurements: Measurement[] = [
      { what: 'building 1,000 operators, the first time', measured: builds[0]!, unit: 'ms', atMost: 100 },
      { what: 'building 1,000 operators', measured: median(builds), unit: 'ms', atMost: 100 },
    ];
    for (const [what, work] of Object.entries(SCENES)) {
      const gaps: number[] = [];
      for (let i = 0; i < runs; i++) gaps.push(await longestGap(work));
      measurements.push({
        what: `longest gap of the event loop: ${what}`,
        measured: median(gaps),
        unit: 'ms',
        atMost: 20,
      });
    }
    const sync = await callsOfTake5((count) => (x) => (count(), x));
    const shuffled = await callsOfTake5((count) => (x) => (count(), x), numbers().shuffle());
    const slow = await callsOfTake5((count) => (x) => (count(), sleep(5, x)));
    return [
      ...measurements,
      { what: 'calls of a map before take(5)', measured: sync, unit: 'calls', atLeast: 5, atMost: 5 },
      {
        what: 'calls of a map between a shuffle and take(5)',
        measured: shuffled,
        unit: 'calls',
        atLeast: 5,
        atMost: 5,
      },
      { what: 'calls of an asynchronous map before take(5)', measured: slow, unit: 'calls', atLeast: 5, atMost: 5 },
    ];
  },
};
