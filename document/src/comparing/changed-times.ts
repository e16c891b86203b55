import type { Process } from '../model/document';
import type { Change } from './change';
import { changedMembers, type Members } from './compare-members';
import type { ProcessPair } from './process-pair';

/**
 * The times of a pair that are not the same, in milliseconds: `selfTime.meanMs`, `waitMs`. They are no part of its
 * `changes`, since they differ from run to run. Empty where one side is missing.
 *
 * @example
 * diff(monday, tuesday).pairs.flatMap((pair) => changedTimes(pair)).map(({ path }) => path);
 */
export function changedTimes({ a, b }: ProcessPair): Change[] {
  return a === null || b === null ? [] : changedMembers('times', timesOf(a), timesOf(b));
}

function timesOf({ execution }: Process): Members {
  const { selfTime, awaitTime, waitMs, firstItemMs } = execution;
  return {
    'selfTime.totalMs': selfTime?.totalMs,
    'selfTime.meanMs': selfTime?.meanMs,
    'selfTime.p95Ms': selfTime?.p95Ms,
    'awaitTime.totalMs': awaitTime?.totalMs,
    waitMs,
    firstItemMs,
  };
}
