import { thread } from './virtual-time';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Dataset, type Process, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { currentSession } from 'stemma/recorder';

const { busy, sleep } = thread;
const ITEMS = 24;

afterAll(thread.restore);

interface Measured {
  diagnosis: string | null;
  busyMs: number;
  idleMs: number;
  steps: Process[];
  /** Of all operations in the latest run. */
  selfMs: number;
}

/** A session of its own: the times of a process are those of all its runs. */
function begin(timing: 'everything' | 'sampled'): void {
  Reflect.deleteProperty(globalThis, SESSION_KEY);
  provenance.settings.timing = timing;
  provenance.settings.samples = false;
}

/** What the record says of a run, and what the thread really did in it. The whole document would take long to make. */
async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const { ms, idleMs } = thread;
  await work();
  const idleForMs = thread.idleMs - idleMs;
  const record = [...currentSession().runs.values()].at(-1)!;
  const { diagnosis, perProcess } = record.toRun();
  return {
    diagnosis,
    busyMs: thread.ms - ms - idleForMs,
    idleMs: idleForMs,
    steps: [...record.processes].map((process) => process.toProcess()),
    selfMs: Object.values(perProcess!).reduce((sum, { selfMs }) => sum + (selfMs ?? 0), 0),
  };
}

const stepOf = ({ steps }: Measured, label: string): Process['execution'] =>
  steps.find((step) => step.label === label)!.execution;

/**
 * Of one call: what it computes at once, for how long it waits then, and what it computes after that; some calls wait
 * twice.
 */
interface Work {
  before: number;
  wait: number;
  after: number;
  again: boolean;
}

interface Step {
  /** What one item computes here; null where that is not known. */
  eachMs: number | null;
  apply(ds: Dataset<number>, name: string): Dataset<number>;
}

const ms = fc.integer({ min: 0, max: 20 }).map((quarters) => quarters / 4);
const concurrency = fc.integer({ min: 1, max: 8 });
const work: fc.Arbitrary<Work> = fc.record({ before: ms, wait: ms, after: ms, again: fc.boolean() });

async function perform({ before, wait, after, again }: Work): Promise<void> {
  busy(before);
  if (wait > 0) await sleep(wait);
  busy(after);
  if (!again) return;
  await (wait > 0 ? sleep(wait) : undefined);
  busy(after);
}

const costOf = ({ before, after, again }: Work): number => before + after * (again ? 2 : 1);

const computing = ms.map((cost): Step => ({
  eachMs: cost,
  apply: (ds, identifier) => ds.map((n) => (busy(cost), n), { identifier }),
}));

const calling = fc.tuple(work, concurrency, fc.boolean()).map(([one, atOnce, ordered]): Step => ({
  eachMs: costOf(one),
  apply: (ds, identifier) => ds.map(async (n) => (await perform(one), n), { concurrency: atOnce, ordered, identifier }),
}));

const other: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((size): Step => ({ eachMs: null, apply: (ds) => ds.prefetch(size) })),
  fc.integer({ min: 1, max: 9 }).map((size): Step => ({ eachMs: null, apply: (ds) => ds.batch(size).unbatch() })),
  work.map((one): Step => ({
    eachMs: null,
    apply: (ds) =>
      ds.flatMap(async function* (n) {
        await perform(one);
        yield n;
      }),
  })),
  work.map((one): Step => ({
    eachMs: null,
    apply: (ds) =>
      ds.through(async function* (items) {
        for await (const item of items) {
          await perform(one);
          yield item;
        }
      }),
  })),
  work.map((one): Step => ({ eachMs: null, apply: (ds) => ds.takeWhile(async () => (await perform(one), true)) })),
);

const sources: fc.Arbitrary<() => Dataset<number>> = fc.oneof(
  ms.map((cost) => () => Dataset.range(ITEMS).tap(() => busy(cost))),
  work.map(
    (one) => () =>
      Dataset.fromGenerator(async function* () {
        for (let n = 0; n < ITEMS; n++) {
          await perform(one);
          yield n;
        }
      }),
  ),
);

/** A sink whose own code takes its time, too. */
const sinks: fc.Arbitrary<(ds: Dataset<number>) => Promise<unknown>> = fc.oneof(
  ms.map((cost) => (ds: Dataset<number>) => ds.forEach(() => busy(cost))),
  work.map((one) => (ds: Dataset<number>) => ds.forEach(() => perform(one))),
  work.map((one) => async (ds: Dataset<number>) => {
    for await (const _ of ds) await perform(one);
  }),
);

describe('the self times of operations that share a thread', () => {
  it('are together what the thread computed, however many calls are under way', async () => {
    const steps = fc.array(fc.oneof(computing, calling, other), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sources, steps, sinks, async (source, all, sink) => {
        begin('everything');
        const found = await measured(() => sink(all.reduce((ds, { apply }, i) => apply(ds, `Step ${i}`), source())));
        expect(found.selfMs).toBeCloseTo(found.busyMs, 6);
        for (const { execution } of found.steps) {
          const { awaitTime, concurrency: atOnce = 1 } = execution;
          expect(awaitTime?.totalMs ?? 0).toBeLessThanOrEqual(found.idleMs * atOnce + 1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are those of each operation, where one calls and the others compute', async () => {
    const some = fc.array(computing, { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(some, calling, some, async (before, call, after) => {
        begin('everything');
        const all = [...before, call, ...after];
        const found = await measured(() =>
          all.reduce((ds, { apply }, i) => apply(ds, `Step ${i}`), Dataset.range(ITEMS)).count(),
        );
        for (const [i, { eachMs }] of all.entries())
          expect(stepOf(found, `Step ${i}`).selfTime!.totalMs).toBeCloseTo(ITEMS * eachMs!, 6);
      }),
      { numRuns: 100 },
    );
  });

  it('never ask for more calls at a time where no call waits', async () => {
    await fc.assert(
      fc.asyncProperty(work, concurrency, async (one, atOnce) => {
        begin('everything');
        const { diagnosis } = await measured(() =>
          Dataset.range(ITEMS)
            .map(async (n) => (await perform({ ...one, wait: 0 }), n), { concurrency: atOnce })
            .count(),
        );
        expect(diagnosis ?? '').not.toMatch(/higher concurrency may help/);
      }),
      { numRuns: 50 },
    );
  });

  it('have the block of the first call, and its wait apart', async () => {
    begin('everything');
    let calls = 0;
    const found = await measured(() =>
      Dataset.range(40)
        .map(
          async (n) => {
            if (calls++ === 0) busy(300);
            await sleep(5);
            return n;
          },
          { concurrency: 4, identifier: 'Load' },
        )
        .count(),
    );
    const { selfTime, awaitTime } = stepOf(found, 'Load');
    expect(selfTime).toMatchObject({ totalMs: 300, maxMs: 300, timedItems: 40 });
    expect(awaitTime!.totalMs).toBeCloseTo(200, -1);
    expect(found.diagnosis).toMatch(/mostly computing/);
  });

  it('leave to a loop over the items what it does, and for what it waits', async () => {
    begin('everything');
    const { steps } = await measured(async () => {
      for await (const _ of Dataset.range(10).map(async (n) => (await sleep(1), busy(2), n), { concurrency: 2 })) {
        busy(3);
        await sleep(4);
      }
    });
    const loop = steps.find(({ role }) => role === 'sink')!.execution;
    expect(loop.selfTime!.totalMs).toBeCloseTo(30, 6);
    expect(loop.awaitTime!.totalMs).toBeGreaterThan(0);
    expect(loop.awaitTime!.totalMs).toBeLessThanOrEqual(40);
  });
});

describe('self times that are sampled', () => {
  /** What the calls of a function take: some of the first are cold, a few later ones meet the collector. */
  const costs = fc.record({
    usual: fc.constantFrom(1e-5, 1e-4, 1e-3, 1e-2),
    cold: fc.integer({ min: 0, max: 200 }),
    coldMs: fc.constantFrom(0.01, 0.5, 5),
    pauseEvery: fc.integer({ min: 50, max: 2_000 }),
    pauseMs: fc.constantFrom(0, 1, 20),
  });

  it('are never more than a run took, however cold the first calls are', async () => {
    const size = fc.integer({ min: 1, max: 5_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(costs, { minLength: 1, maxLength: 5 }), size, async (all, items) => {
        begin('sampled');
        let ds = Dataset.range(items);
        for (const { usual, cold, coldMs, pauseEvery, pauseMs } of all) {
          let calls = 0;
          ds = ds.map((n) => {
            const call = calls++;
            busy(call < cold ? coldMs : call % pauseEvery === 0 ? pauseMs : usual);
            return n;
          });
        }
        for (let repeat = 0; repeat < 2; repeat++) {
          const { selfMs, busyMs } = await measured(() => ds.forEach(() => undefined));
          expect(selfMs).toBeLessThanOrEqual(busyMs + 1e-6);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('have the longest single call as their maximum', async () => {
    begin('sampled');
    const found = await measured(() =>
      Dataset.range(2_000)
        .map((n) => (busy(n === 0 ? 426 : 0.02), n), 'Decode')
        .forEach(() => undefined),
    );
    const { maxMs, totalMs } = stepOf(found, 'Decode').selfTime!;
    expect(maxMs).toBeCloseTo(426, 6);
    expect(totalMs).toBeLessThan(426 + 2_000 * 0.02);
    expect(totalMs).toBeGreaterThan(426);
  });
});
