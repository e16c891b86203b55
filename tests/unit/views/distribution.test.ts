import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { distribution } from '../../../views/src/model/distribution';
import type { TimeStatistics } from 'stemma-document';

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the distribution of times', () => {
  it('lies where the recorder saw the items, slow ones apart from quick ones', async () => {
    await Dataset.range(40)
      .map((n) => busy(n % 4 === 0 ? 8 : 1), 'Two kinds')
      .count();
    const { selfTime } = provenance.document().processes.find(({ label }) => label === 'Two kinds')!.execution;
    for (const together of [1, 2, 5]) {
      const spans = distribution(selfTime!, together);
      const itemsAbove = (ms: number): number => spans.reduce((n, { toMs, items }) => (toMs > ms ? n + items : n), 0);
      expect(itemsAbove(0)).toBeCloseTo(40);
      expect(itemsAbove(8)).toBeGreaterThan(itemsAbove(30));
      const { fromMs, toMs } = spans.at(-1)!;
      expect(fromMs).toBeLessThan(selfTime!.maxMs);
      expect(toMs).toBeGreaterThanOrEqual(selfTime!.maxMs);
      spans.slice(1).forEach((span, i) => expect(span.fromMs).toBeGreaterThan(spans[i]!.toMs * 0.999));
    }
  });

  it('is empty where only quantiles are known', () => {
    expect(distribution({ maxMs: 3 } as TimeStatistics)).toEqual([]);
  });
});
