import type { TimeBar } from './times';

/** From which share on a step is called the bottleneck. */
const DOMINANT = 0.4;

/** Where the time goes, as a fact that a view can put into a sentence. */
export type Verdict =
  /** Nothing was timed yet. */
  | { kind: 'unknown' }
  /** The user's own loop takes most of the time: the pipeline keeps up. */
  | { kind: 'consumer'; bar: TimeBar }
  /** One step takes most of the pipeline's time. */
  | { kind: 'bottleneck'; bar: TimeBar }
  | { kind: 'balanced'; bar: TimeBar };

/** Decide which step, if any, limits the pipeline. `sinks` are the ids of drawn nodes that consume rather than produce. */
export function verdict(bars: readonly TimeBar[], sinks: ReadonlySet<string>): Verdict {
  const slowest = bars.reduce<TimeBar | null>((max, bar) => (max && max.totalMs >= bar.totalMs ? max : bar), null);
  if (!slowest) {
    return { kind: 'unknown' };
  }
  if (slowest.share < DOMINANT) {
    return { kind: 'balanced', bar: slowest };
  }
  return { kind: sinks.has(slowest.id) ? 'consumer' : 'bottleneck', bar: slowest };
}
