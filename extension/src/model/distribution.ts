import type { TimeStatistics } from './types';

/** Each bucket of a sketch is so much wider than the one before (`TimeStatistics.sketch`). */
const GROWTH = 1.08;
const LOWEST_MS = 1e-6;

/** How many items took about so long, from the shortest time on; empty where the sketch is not known. */
export function distribution({ sketch = {}, maxMs }: TimeStatistics): { ms: number; items: number }[] {
  return Object.entries(sketch)
    .map(([bucket, items]) => ({ ms: Math.min(maxMs, LOWEST_MS * GROWTH ** (Number(bucket) - 0.5)), items }))
    .sort((a, b) => a.ms - b.ms);
}
