import { rollups, sum } from 'd3-array';
import { bucketEnd, type TimeStatistics } from 'stemma-document';

/** How many items took between `fromMs` and `toMs`. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
  items: number;
}

/**
 * How the times are distributed, `together` buckets of the sketch as one, the shortest first; empty where the sketch is
 * not known.
 */
export function distribution({ sketch = {} }: TimeStatistics, together = 1): TimeSpan[] {
  return rollups(
    Object.entries(sketch),
    (buckets) => sum(buckets, ([, items]) => items),
    ([bucket]) => Math.ceil(Number(bucket) / together),
  )
    .map(([span, items]) => ({ fromMs: bucketEnd((span - 1) * together), toMs: bucketEnd(span * together), items }))
    .sort((a, b) => a.fromMs - b.fromMs);
}
