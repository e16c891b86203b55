import { describe, expect, it } from 'vitest';
import { Dataset, merge, provenance, type ProvenanceDocument, type Run } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { validDocument } from '../../support/schemas';
import { inSession, processOf } from '../document/in-session';

const part = (document: ProvenanceDocument, run: Run, label: string) => run.perProcess![processOf(document, label).id]!;

/** What the runs of a document say of one process. */
const parts = (document: ProvenanceDocument, label: string) => document.runs.map((run) => part(document, run, label));

describe('what a process did in each run', () => {
  it('tells two epochs apart, whose sums are the totals', async () => {
    const document = await inSession(async () => {
      const rows = Dataset.range(1002, 'Rows').filter((n) => n % 2 === 0, 'Even');
      for (let epoch = 0; epoch < 2; epoch++) await rows.forEach(() => undefined, 'Train');
    });
    validDocument(document);
    for (const [label, itemsIn, itemsOut] of [
      ['Rows', 0, 1002],
      ['Even', 1002, 501],
      ['Train', 501, 0],
    ] as const) {
      expect(parts(document, label)).toMatchObject([
        { state: 'complete', itemsIn, itemsOut, skipped: 0, failed: 0, failure: null },
        { state: 'complete', itemsIn, itemsOut, skipped: 0, failed: 0, failure: null },
      ]);
      const { execution } = processOf(document, label);
      expect(execution).toMatchObject({ runs: 2, itemsIn: 2 * itemsIn, itemsOut: 2 * itemsOut });
      expect(execution.latestRun).toEqual({ run: document.runs[1]!.id, ...parts(document, label)[1] });
      const selfMs = parts(document, label).reduce((sum, { selfMs }) => sum + selfMs!, 0);
      expect(selfMs).toBeCloseTo(execution.selfTime!.totalMs, 6);
    }
    const waits = parts(document, 'Train').reduce((sum, { waitMs }) => sum + waitMs!, 0);
    expect(waits).toBeCloseTo(processOf(document, 'Train').execution.waitMs!, 6);
  });

  it('names the bottleneck of each run, whatever other runs did', async () => {
    let run = 0;
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const document = await inSession(async () => {
      const rows = Dataset.range(6)
        .map((n) => wait(run === 0 ? 150 : 0).then(() => n), { identifier: 'Slow at first', concurrency: 2 })
        .map((n) => wait(run === 0 ? 0 : 150).then(() => n), { identifier: 'Slow afterwards', concurrency: 2 });
      await rows.count();
      for (run = 1; run < 3; run++) await rows.count();
    });
    const named = document.runs.map(({ diagnosis }) => /^Map "(.*)" is the bottleneck/.exec(diagnosis!)?.[1]);
    expect(named).toEqual(['Slow at first', 'Slow afterwards', 'Slow afterwards']);
  });

  it('says in which run something failed, was skipped or stopped, and where', async () => {
    const document = await inSession(async () => {
      let run = 0;
      const rows = Dataset.range(10, 'Rows').map(
        (n) => {
          if (n === 3 && run === 0) throw new Error('odd "n"');
          if (n === 4 && run === 1) throw new TypeError('worse');
          return n;
        },
        { identifier: 'Check', onError: (error) => ((error.cause as Error).name === 'Error' ? 'skip' : 'throw') },
      );
      await rows.count('Count');
      run = 1;
      await rows.count('Count').catch(() => undefined);
      run = 2;
      for await (const n of rows) if (n === 5) break;
      await rows.count('Count');
    });
    expect(
      parts(document, 'Check').map(({ state, skipped, failed, failure }) => [state, skipped, failed, failure?.name]),
    ).toEqual([
      ['complete', 1, 0, undefined],
      ['failed', 0, 1, 'TypeError'],
      ['stopped', 0, 0, undefined],
      ['complete', 0, 0, undefined],
    ]);
    expect(document.runs[1]!.perProcess).toMatchObject({ [processOf(document, 'Rows').id]: { state: 'stopped' } });
    expect(processOf(document, 'Check').execution).toMatchObject({
      state: 'complete',
      skipped: 1,
      failed: 1,
      failure: null,
    });
  });

  it('counts exactly where two runs pass through one process at the same time', async () => {
    const document = await inSession(async () => {
      const rows = Dataset.range(9, 'Rows').map(async (n) => n, 'Work');
      const slow = rows[Symbol.asyncIterator]();
      await slow.next();
      const first = JSON.parse(JSON.stringify(provenance.document())) as ProvenanceDocument;
      expect(await rows.count('Count')).toBe(9);
      const between = JSON.parse(JSON.stringify(provenance.document())) as ProvenanceDocument;
      expect(processOf(first, 'Work').execution.state).toBe('running');
      // The other run goes on.
      expect(processOf(between, 'Work').execution).toMatchObject({ state: 'running', endedAt: null });
      while ((await slow.next()).done !== true);
    });
    expect(parts(document, 'Work').map(({ itemsOut, state }) => [itemsOut, state])).toEqual([
      [9, 'complete'],
      [9, 'complete'],
    ]);
    expect(processOf(document, 'Work').execution).toMatchObject({ state: 'complete', itemsOut: 18 });
  });

  it('is kept of the latest runs, as far as the limit goes; what is given up is counted', async () => {
    const document = await inSession(async () => {
      provenance.settings.limits.processRuns = 7;
      const rows = Dataset.range(3, 'Rows').map((n) => n, 'Same');
      for (let i = 0; i < 4; i++) await rows.count('Count');
    });
    expect(document.runs.map(({ perProcess }) => Object.keys(perProcess ?? {}).length)).toEqual([0, 0, 3, 3]);
    expect(document.dropped.processRuns).toBe(6);
    expect(processOf(document, 'Same').execution).toMatchObject({ itemsOut: 12, latestRun: { itemsOut: 3 } });
  });

  it('is merged with the runs, and says nothing of the data where that is left out', async () => {
    const work = () =>
      inSession(() =>
        Dataset.fromArray(['secret'], 'Rows')
          .map((text): string => {
            throw new Error(`cannot read "${text}"`);
          }, 'Read')
          .count('Count')
          .catch(() => undefined),
      );
    const [a, b] = [await work(), await work()];
    const merged = validDocument(merge(a, b));
    expect(parts(merged, 'Read').map(({ failed, itemsIn }) => [failed, itemsIn])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(merged.processes.some(({ execution }) => execution.latestRun)).toBe(false);
    const alone = merge(a);
    expect(processOf(alone, 'Read').execution.latestRun!.run).toBe(alone.runs[0]!.id);
    expect(JSON.stringify(a)).toContain('secret');
  });

  it('goes to followers: the latest part with the process, all parts once the run has ended', async () => {
    const shared = globalThis as {
      [SESSION_KEY]?: { feed(): { take(): { patch: Pick<ProvenanceDocument, 'processes' | 'runs'> } | null } };
    };
    await inSession(async () => {
      const rows = Dataset.range(5000, 'Rows').map((n) => n, 'Same');
      const feed = shared[SESSION_KEY]!.feed();
      feed.take();
      const iterator = rows[Symbol.asyncIterator]();
      await iterator.next();
      const during = feed.take()!.patch;
      expect(processOf(during as ProvenanceDocument, 'Same').execution.latestRun).toMatchObject({ state: 'running' });
      await iterator.next();
      expect(feed.take()?.patch.runs ?? []).toEqual([]);
      while ((await iterator.next()).done !== true);
      const after = feed.take()!.patch;
      expect(after.runs).toHaveLength(1);
      expect(part(provenance.document(), after.runs[0]!, 'Same')).toMatchObject({ state: 'complete', itemsOut: 5000 });
    });
  });
});
