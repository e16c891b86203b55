import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';

/**
 * The library's clock is this process's processor time, which does not go on while a busy machine works on something
 * else.
 */
const clock = vi.hoisted(() => {
  const { now } = performance;
  performance.now = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  return { restore: () => (performance.now = now) };
});

/** Keeps the thread for `ms`. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A record that takes its time to be read, as batches read it. */
const slowRecord = (n: number): { n: number } =>
  Object.defineProperty({ n }, 'n', { enumerable: true, get: () => (busy(2), n) });

/**
 * What all operations of the latest run took for themselves, and the recorder to look at their items, as a share of the
 * run's duration.
 */
async function accountedShare(run: () => Promise<unknown>): Promise<number> {
  // A session of its own: the times of a process are those of all its runs.
  Reflect.deleteProperty(globalThis, SESSION_KEY);
  provenance.settings.timing = 'everything';
  provenance.settings.samples = false;
  await run();
  const { processes, runs } = provenance.document({ samples: false });
  const { durationMs, recordingMs, processes: ids } = runs.at(-1)!;
  const ownMs = processes
    .filter(({ id }) => ids.includes(id))
    .reduce((sum, { execution }) => sum + (execution.selfTime?.totalMs ?? 0), 0);
  return (ownMs + recordingMs!) / durationMs!;
}

/**
 * The first of a few tries within the bounds, else the last: other threads, such as the collector's, may spoil one; a
 * gap in the record spoils all.
 */
async function shareWithin(least: number, most: number, run: () => Promise<unknown>): Promise<number> {
  let share = NaN;
  for (let tries = 0; tries < 5; tries++) {
    share = await accountedShare(run);
    if (share >= least && share <= most) break;
  }
  return share;
}

interface Step {
  name: string;
  apply(ds: Dataset<number>): Dataset<number>;
}

const size = fc.integer({ min: 1, max: 30 });
const ms = fc.integer({ min: 1, max: 10 }).map((tenths) => tenths / 2);

const step: fc.Arbitrary<Step> = fc.oneof(
  ms.map((cost): Step => ({ name: `map ${cost} ms`, apply: (ds) => ds.map((n) => (busy(cost), n)) })),
  ms.map((cost): Step => ({ name: `filter ${cost} ms`, apply: (ds) => ds.filter((n) => (busy(cost), n % 10 > 0)) })),
  ms.map((cost): Step => ({ name: `tap ${cost} ms`, apply: (ds) => ds.tap(() => busy(cost)) })),
  ms.map((cost): Step => ({
    name: `flatMap ${cost} ms`,
    apply: (ds) => ds.flatMap((n) => (busy(cost), [n, n])).take(30),
  })),
  ms.map((cost): Step => ({
    name: `flatMap of generators ${cost} ms`,
    apply: (ds) =>
      ds.flatMap(function* (n) {
        busy(cost);
        yield n;
        busy(cost);
      }),
  })),
  size.map((count): Step => ({
    name: `batch ${count}`,
    apply: (ds) =>
      ds
        .batch(count)
        .tap(() => busy(2))
        .unbatch(),
  })),
  size.map((count): Step => ({
    name: `window ${count}`,
    apply: (ds) => ds.window(count, { shift: 3 }).map((window) => (busy(2), window[0]!)),
  })),
  size.map((bufferSize): Step => ({
    name: `shuffle ${bufferSize}`,
    apply: (ds) => ds.shuffle({ bufferSize, seed: 1 }),
  })),
  fc.constant<Step>({ name: 'shuffle', apply: (ds) => ds.shuffle({ seed: 1 }) }),
  fc.constant<Step>({ name: 'zip', apply: (ds) => Dataset.zip([ds, ds]).map(([n]) => n) }),
  fc.constant<Step>({ name: 'interleave', apply: (ds) => Dataset.interleave([ds.take(30), ds.take(10)]) }),
  fc.constant<Step>({ name: 'cache, prefetch', apply: (ds) => ds.cache().prefetch(5) }),
  fc.constant<Step>({ name: 'repeat', apply: (ds) => ds.take(10).repeat(3) }),
  fc.constant<Step>({
    name: 'split by a slow key',
    apply: (ds) => ds.split({ most: 0.9 }, { seed: 1, groupBy: (n) => (busy(2), n) }).most,
  }),
);

const slowNumbers = (): Dataset<number> =>
  Dataset.fromGenerator(function* () {
    for (let n = 0; n < 24; n++) {
      busy(4);
      yield n;
    }
  });

describe('the times of all operations', () => {
  afterAll(clock.restore);

  it('add up to the duration of a run in one thread, whatever the operations', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 4 }), fc.boolean(), async (steps, byLoop) => {
        const share = await shareWithin(0.95, 1.05, async () => {
          const ds = steps.reduce((d, { apply }) => apply(d), slowNumbers());
          if (!byLoop) await ds.forEach(() => busy(2));
          else for await (const _ of ds) busy(2);
        });
        expect(share).toBeGreaterThan(0.95);
        expect(share).toBeLessThan(1.05);
      }),
      { numRuns: 8 },
    );
  });

  it.each<[string, () => Dataset<unknown>]>([
    ['a shuffle, when its source has ended', () => Dataset.range(300_000).shuffle({ seed: 1 })],
    ['a shuffle with a buffer', () => Dataset.range(300_000).shuffle({ seed: 1, bufferSize: 100_000 })],
    ['the windows at the end', () => Dataset.range(2_000).window(2_000, { shift: 1 })],
    ['the last batch', () => Dataset.range(120).map(slowRecord).batch(1_000)],
    ['a zip', () => Dataset.zip([Dataset.range(300_000), Dataset.range(300_000)])],
    ['an interleave', () => Dataset.interleave([Dataset.range(200_000), Dataset.range(200_000)])],
    ['a mix', () => Dataset.mix([Dataset.range(200_000), Dataset.range(200_000)], { seed: 1 })],
    ['a cache', () => Dataset.range(300_000).cache()],
    ['arrays that are taken apart', () => Dataset.range(20).flatMap(() => new Array<number>(20_000).fill(1))],
    [
      'many small repetitions',
      () =>
        Dataset.range(2)
          .map((n) => n)
          .repeat(20_000),
    ],
  ])('count %s', async (name, make) => {
    const least = name === 'many small repetitions' ? 0.2 : 0.5;
    const share = await shareWithin(least, 1.1, () => make().forEach(() => undefined));
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(1.1);
  });

  it('are not those of the looks at items, which the run has', async () => {
    const share = await shareWithin(0.95, 1.05, async () => {
      provenance.settings.samples = true;
      provenance.settings.redact = (value) => (busy(4), value);
      await slowNumbers()
        .map((n) => (busy(1), n), 'Map')
        .forEach(() => undefined);
    });
    expect(share).toBeGreaterThan(0.95);
    expect(share).toBeLessThan(1.05);
    const { processes, runs } = provenance.document();
    // Eight items at each of two artifacts, and those that are traced.
    expect(runs.at(-1)!.recordingMs).toBeGreaterThan(60);
    expect(processes.find(({ label }) => label === 'Map')!.execution.selfTime!.totalMs).toBeLessThan(60);
  });

  it('are per item what each item took, in and out', async () => {
    await accountedShare(() => Dataset.range(200_000).shuffle({ seed: 1 }).count());
    const { selfTime, itemsIn } = provenance.document().processes.find(({ kind }) => kind === 'shuffle')!.execution;
    const { totalMs, meanMs, p50Ms, maxMs } = selfTime!;
    expect(meanMs * itemsIn).toBeGreaterThan(0.8 * totalMs);
    expect(meanMs * itemsIn).toBeLessThanOrEqual(totalMs * 1.001);
    expect(p50Ms).toBeLessThanOrEqual(maxMs);
    expect(maxMs).toBeGreaterThanOrEqual(meanMs);
  });
});
