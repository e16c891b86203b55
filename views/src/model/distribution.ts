import { rollups, sum } from 'd3-array';
import type { TimeStatistics } from './types';

/** Each bucket of a sketch is so much wider than the one before (`TimeStatistics.sketch`). */
export const BUCKET_GROWTH = 1.08;
const LOWEST_MS = 1e-6;

/** How many items took between `fromMs` and `toMs`. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
  items: number;
}

/** The longest duration in a bucket; half a bucket less is its middle. */
export function durationOf(bucket: number): number {
  return LOWEST_MS * BUCKET_GROWTH ** bucket;
}

/** How the times are distributed, `together` buckets of the sketch as one, the shortest first; empty where the sketch is not known. */
export function distribution({ sketch = {} }: TimeStatistics, together = 1): TimeSpan[] {
  return rollups(
    Object.entries(sketch),
    (buckets) => sum(buckets, ([, items]) => items),
    ([bucket]) => Math.ceil(Number(bucket) / together),
  )
    .map(([span, items]) => ({ fromMs: durationOf((span - 1) * together), toMs: durationOf(span * together), items }))
    .sort((a, b) => a.fromMs - b.fromMs);
}
