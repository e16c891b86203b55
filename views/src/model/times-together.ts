import { durationOf } from './distribution';
import type { Process, TimeStatistics } from './types';

/** The times of several processes as those of one. */
export interface TimesTogether {
  /** Null where the distribution of none is known. */
  times: TimeStatistics | null;
  /** The processes that are in it. */
  of: Process[];
  /** How many more were timed, but only their quantiles are known: what still runs tells more when it has ended, or while it is watched. */
  missing: number;
}

/** Which times of a process. */
export type TimesOf = 'ownTime' | 'waitTime';

/** The times of processes, merged as the library merges documents: totals add up, quantiles come from the sketches together. One alone keeps its own. */
export function timesTogether(processes: readonly Process[], of: TimesOf): TimesTogether {
  const timed = processes.filter(({ execution }) => execution[of]);
  const known = processes.length === 1 ? timed : timed.filter(({ execution }) => execution[of]?.sketch);
  const all = known.flatMap(({ execution }) => execution[of] ?? []);
  return { times: all.length > 1 ? merged(all) : (all[0] ?? null), of: known, missing: timed.length - known.length };
}

/** {@link timesTogether} of what may change: merged anew only when the times of one are others. */
export function timesTogetherOf(processes: () => readonly Process[], of: TimesOf): () => TimesTogether {
  let merged = timesTogether([], of);
  let from: readonly unknown[] = [];
  return () => {
    const now = processes();
    const times = now.map(({ execution }) => execution[of]);
    if (times.length !== from.length || times.some((one, i) => one !== from[i])) {
      merged = timesTogether(now, of);
      from = times;
    }
    return merged;
  };
}

function merged(all: readonly TimeStatistics[]): TimeStatistics {
  const sketch: { [bucket: string]: number } = {};
  let items = 0;
  let weightedMs = 0;
  for (const { meanMs, sketch: own = {} } of all) {
    let weight = 0;
    for (const bucket in own) {
      weight += own[bucket] as number;
      sketch[bucket] = (sketch[bucket] ?? 0) + (own[bucket] as number);
    }
    items += weight;
    weightedMs += meanMs * weight;
  }
  const maxMs = all.reduce((most, one) => Math.max(most, one.maxMs), 0);
  const quantile = (share: number): number => Math.min(quantileOf(sketch, share * items), maxMs);
  return {
    totalMs: all.reduce((sum, one) => sum + one.totalMs, 0),
    meanMs: items === 0 ? 0 : weightedMs / items,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    maxMs,
    timedItems: all.reduce((sum, one) => sum + one.timedItems, 0),
    overlapping: all.some(({ overlapping }) => overlapping),
    sketch,
  };
}

/** The duration that so many of the items do not exceed. */
function quantileOf(sketch: { readonly [bucket: string]: number }, items: number): number {
  let rest = items;
  // Whole numbers as keys come in their order.
  for (const bucket in sketch) {
    rest -= sketch[bucket] as number;
    if (rest <= 0) {
      return Number(bucket) === 0 ? 0 : durationOf(Number(bucket) - 0.5);
    }
  }
  return 0;
}
