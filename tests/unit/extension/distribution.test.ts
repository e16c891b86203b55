import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { distribution } from '../../../extension/src/model/distribution';
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
    const spread = distribution(ownTime!);
    const itemsAbove = (ms: number): number =>
      spread.filter((one) => one.ms > ms).reduce((n, { items }) => n + items, 0);
    expect(itemsAbove(0)).toBeCloseTo(40);
    expect(itemsAbove(7)).toBeGreaterThan(itemsAbove(30));
    expect(Math.max(...spread.map(({ ms }) => ms))).toBeLessThanOrEqual(ownTime!.maxMs);
    expect(spread.map(({ ms }) => ms)).toEqual(spread.map(({ ms }) => ms).sort((a, b) => a - b));
  });

  it('is empty where only quantiles are known', () => {
    expect(distribution({ maxMs: 3 } as TimeStatistics)).toEqual([]);
  });
});
