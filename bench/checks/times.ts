import { Dataset, provenance } from 'stemma';
import type { Check, Measurement } from '../harness/check';
import { record } from '../harness/modes';

/** Keeps the thread for `ms`. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const ITEMS = 2_000;
const EACH_MS = 0.05;

/** Pipelines in one thread, as many of whose operations as possible work on items after their source has ended. */
const pipelines: { [name: string]: (items: number) => Dataset<unknown> } = {
  'map → shuffle → batch': (items) =>
    slow(items)
      .shuffle({ seed: 1 })
      .batch(30)
      .tap(() => busy(EACH_MS)),
  'flatMap → window': (items) =>
    slow(items)
      .flatMap((n) => [n, n])
      .window(64, { shift: 4 })
      .tap(() => busy(EACH_MS)),
  'zip → interleave → unbatch': (items) =>
    Dataset.interleave([Dataset.zip([slow(items), slow(items)]).map(([n]) => n), slow(items)])
      .batch(16)
      .unbatch(),
  'cache → repeat → prefetch': (items) => slow(items).cache().repeat(3).prefetch(16),
  'windows of 2,000 at the end': () => Dataset.range(ITEMS).window(ITEMS, { shift: 1 }),
};

const slow = (items: number): Dataset<number> => Dataset.range(items).map((n) => (busy(EACH_MS), n));

/**
 * By how many percent the times of all operations, and of the recorder's looks at items, are off the duration of the
 * run.
 */
async function anomaly(dataset: Dataset<unknown>): Promise<number> {
  await dataset.forEach(() => undefined);
  // Of this run alone: the pipelines of a loop share their records.
  const { durationMs, recordingMs, perProcess } = provenance.document({ samples: false }).runs.at(-1)!;
  const ownMs = Object.values(perProcess!).reduce((sum, { selfMs }) => sum + (selfMs ?? 0), 0);
  return Math.abs((ownMs + recordingMs!) / durationMs! - 1) * 100;
}

export const times: Check = {
  name: 'times',
  title: 'The times of all operations and of the recorder together against the duration of the run, one thread',
  measure: async ({ runs, quick }): Promise<Measurement[]> => {
    const measurements: Measurement[] = [];
    for (const mode of ['on', 'time everything'] as const)
      for (const [name, make] of Object.entries(pipelines)) {
        const found: number[] = [];
        for (let i = 0; i <= runs; i++) {
          record(mode);
          const off = await anomaly(make(quick ? ITEMS / 4 : ITEMS));
          if (i > 0) found.push(off);
        }
        // A machine that preempts the thread between two operations only adds to it.
        const what = `${name}${mode === 'on' ? '' : `, ${mode}`}: off by, minimum`;
        measurements.push({ what, measured: Math.min(...found), unit: '%', atMost: 5 });
      }
    return measurements;
  },
};
