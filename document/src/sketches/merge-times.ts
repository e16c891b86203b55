import type { TimeStatistics } from '../model/document';
import { TimeSketch } from './time-sketch';

/**
 * Totals add up, quantiles come from the sketches together. A document without sketches tells its mean only, which
 * stands for all its items.
 */
export function mergeTimes(all: readonly TimeStatistics[]): TimeStatistics | null {
  if (all.length === 0) return null;
  if (all.length === 1) return all[0]!;
  const sketch = new TimeSketch();
  let items = 0;
  let weightedMs = 0;
  for (const { meanMs, timedItems, sketch: own } of all) {
    if (own === undefined) sketch.add(meanMs, timedItems);
    else sketch.addAll(own);
    const weight = own === undefined ? timedItems : Object.values(own).reduce((a, b) => a + b, 0);
    items += weight;
    weightedMs += meanMs * weight;
  }
  const maxMs = Math.max(...all.map((one) => one.maxMs));
  const quantile = (q: number): number => Math.min(sketch.quantile(q), maxMs);
  return {
    totalMs: all.reduce((total, one) => total + one.totalMs, 0),
    meanMs: items === 0 ? 0 : weightedMs / items,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    maxMs,
    timedItems: all.reduce((total, one) => total + one.timedItems, 0),
    overlapping: all.some(({ overlapping }) => overlapping),
    sketch: sketch.toJSON(),
  };
}
