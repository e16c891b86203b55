import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { distribution } from '../../../extension/src/model/distribution';
import { mergedTimes, mergedTimesOf } from '../../../extension/src/model/merged-times';
import type { TimeStatistics } from '../../../extension/src/model/types';

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the distribution of times', () => {
  it('lies where the recorder saw the items, slow ones apart from quick ones', async () => {
    await Dataset.range(40)
      .map((n) => busy(n % 4 === 0 ? 8 : 1), 'Two kinds')
      .count();
    const { ownTime } = provenance.document().processes.find(({ label }) => label === 'Two kinds')!.execution;
    for (const together of [1, 2, 5]) {
      const spans = distribution(ownTime!, together);
      const itemsAbove = (ms: number): number => spans.reduce((n, { toMs, items }) => (toMs > ms ? n + items : n), 0);
      expect(itemsAbove(0)).toBeCloseTo(40);
      expect(itemsAbove(8)).toBeGreaterThan(itemsAbove(30));
      const { fromMs, toMs } = spans.at(-1)!;
      expect(fromMs).toBeLessThan(ownTime!.maxMs);
      expect(toMs).toBeGreaterThanOrEqual(ownTime!.maxMs);
      spans.slice(1).forEach((span, i) => expect(span.fromMs).toBeGreaterThan(spans[i]!.toMs * 0.999));
    }
  });

  it('is empty where only quantiles are known', () => {
    expect(distribution({ maxMs: 3 } as TimeStatistics)).toEqual([]);
  });
});

describe('the times of several processes together', () => {
  const timesOf = (label: string): TimeStatistics =>
    provenance.document().processes.find((process) => process.label === label)!.execution.ownTime!;

  it('are those of one that does the work of all', async () => {
    for (const [label, ms] of [
      ['Quick', 1],
      ['Slow', 8],
    ] as const)
      await Dataset.range(20)
        .map(() => busy(ms), label)
        .count();
    const [quick, slow] = [timesOf('Quick'), timesOf('Slow')];
    const together = mergedTimes([quick, slow])!;
    expect(together.totalMs).toBeCloseTo(quick.totalMs + slow.totalMs);
    expect(together.meanMs).toBeCloseTo((quick.meanMs + slow.meanMs) / 2, 1);
    expect(together.maxMs).toBe(Math.max(quick.maxMs, slow.maxMs));
    expect(together.p50Ms).toBeLessThan(slow.p50Ms * 1.09);
    expect(together.p95Ms).toBeGreaterThan(quick.p50Ms);
    expect(together.p99Ms).toBeLessThanOrEqual(together.maxMs);
    expect(together.timedItems).toBe(quick.timedItems + slow.timedItems);
    const items = distribution(together).reduce((sum, span) => sum + span.items, 0);
    expect(items).toBeCloseTo(40);
    expect(mergedTimes([slow, quick])).toEqual(together);
    // Of one, what the recorder says of it; told twice, each quantile stays where it is.
    expect(mergedTimes([slow])).toBe(slow);
    const twice = mergedTimes([slow, slow])!;
    for (const quantile of ['p50Ms', 'p95Ms', 'p99Ms'] as const) expect(twice[quantile]).toBeCloseTo(slow[quantile], 9);
  });

  it('are not known where one of them is not', () => {
    expect(mergedTimes([])).toBeNull();
    expect(mergedTimes([{ sketch: { 5: 1 } }, {}] as unknown as TimeStatistics[])).toBeNull();
  });

  it('are added up anew only where they have changed', () => {
    let all = [timesOf('Quick'), timesOf('Slow')];
    const together = mergedTimesOf(() => [...all]);
    expect(together()).toBe(together());
    const before = together();
    all = [all[0]!, { ...all[1]! }];
    expect(together()).not.toBe(before);
    all = [];
    expect(together()).toBeNull();
  });
});
