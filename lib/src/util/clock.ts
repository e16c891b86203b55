import { performance } from 'node:perf_hooks';

/** Milliseconds since the process began, with fractions. */
export const now: () => number = performance.now.bind(performance);

/** For how long this thread's event loop has had nothing to do, in milliseconds. */
export function idle(): number {
  return performance.nodeTiming.idleTime;
}

/** What two successive readings of the clock measure of nothing at all; taken off each timed interval. */
export const CLOCK_COST_MS = calibrate();

function calibrate(): number {
  let least = Infinity;
  for (let i = 0; i < 200; i++) {
    const start = now();
    const elapsed = now() - start;
    if (elapsed > 0 && elapsed < least) least = elapsed;
  }
  return Number.isFinite(least) ? least : 0;
}

/** Wall-clock time of a reading of `now()`, as an ISO 8601 string. */
export function toIso(reading: number): string {
  return new Date(performance.timeOrigin + reading).toISOString();
}
