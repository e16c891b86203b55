import { mergeTimes, type Process, type TimeStatistics } from 'stemma-document';

/** The times of several processes as those of one. */
export interface TimesTogether {
  /** Null where the distribution of none is known. */
  times: TimeStatistics | null;
  /** The processes that are in it. */
  of: Process[];
  /**
   * How many more were timed, but only their quantiles are known: what still runs tells more when it has ended, or
   * while it is watched.
   */
  missing: number;
}

/** Which times of a process. */
export type TimesOf = 'selfTime' | 'awaitTime' | 'waitTime';

/** The times of processes, merged as documents are. One alone keeps its own. */
export function timesTogether(processes: readonly Process[], of: TimesOf): TimesTogether {
  const timed = processes.filter(({ execution }) => execution[of]);
  const known = processes.length === 1 ? timed : timed.filter(({ execution }) => execution[of]?.sketch);
  const all = known.flatMap(({ execution }) => execution[of] ?? []);
  return { times: mergeTimes(all), of: known, missing: timed.length - known.length };
}

/** {@link timesTogether} of processes that change: merged again only when the times of one of them changed. */
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
