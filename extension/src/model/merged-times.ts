import { sum } from 'd3-array';
import { BUCKET_GROWTH, LOWEST_MS } from './distribution';
import type { TimeStatistics } from './types';

/**
 * The times of several processes as one: totals add up, quantiles come from their sketches together. Null where none was timed, or the sketch of one that was is
 * not known (yet): quantiles say nothing of quantiles together.
 */
export function mergedTimes(all: readonly TimeStatistics[]): TimeStatistics | null {
  const [first, ...others] = all;
  if (!first || others.length === 0) return first ?? null;
  const buckets = new Map<number, number>();
  for (const { sketch } of all) {
    if (!sketch) return null;
    for (const [bucket, items] of Object.entries(sketch))
      buckets.set(Number(bucket), (buckets.get(Number(bucket)) ?? 0) + items);
  }
  const ordered = [...buckets].sort(([a], [b]) => a - b);
  const items = sum(ordered, ([, count]) => count);
  const totalMs = sum(all, (one) => one.totalMs);
  const maxMs = Math.max(...all.map((one) => one.maxMs));
  const quantile = (share: number): number => Math.min(quantileOf(ordered, share * items), maxMs);
  return {
    totalMs,
    meanMs: items > 0 ? totalMs / items : 0,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    maxMs,
    timedItems: sum(all, (one) => one.timedItems),
    overlapping: all.some((one) => one.overlapping),
    sketch: Object.fromEntries(ordered),
  };
}

/** The same of what `list` answers, made anew only where that has changed: a fold may have thousands of members. */
export function mergedTimesOf(list: () => readonly TimeStatistics[]): () => TimeStatistics | null {
  let known: { of: readonly TimeStatistics[]; merged: TimeStatistics | null } | null = null;
  return () => {
    const of = list();
    if (known?.of.length !== of.length || of.some((one, i) => one !== known?.of[i]))
      known = { of, merged: mergedTimes(of) };
    return known.merged;
  };
}

/** As the recorder's sketch tells it: the geometric middle of the bucket in which so many items are reached. */
function quantileOf(ordered: readonly (readonly [number, number])[], items: number): number {
  let rest = items;
  for (const [bucket, count] of ordered) {
    rest -= count;
    if (rest <= 0) return bucket === 0 ? 0 : LOWEST_MS * BUCKET_GROWTH ** (bucket - 0.5);
  }
  return 0;
}
