import type { ProcessRun, TimeStatistics } from '../model/document';

/** Times of a process as they were in one run, of which the total is known: null where there was none. */
export function timesInRun<T extends Pick<TimeStatistics, 'totalMs' | 'meanMs'>>(
  times: T | null,
  totalMs: number | null,
  part: ProcessRun,
): T | null {
  if (times === null || totalMs === null) return null;
  const items = Math.max(part.itemsIn, part.itemsOut);
  return { ...times, totalMs, meanMs: items > 0 ? totalMs / items : times.meanMs };
}
