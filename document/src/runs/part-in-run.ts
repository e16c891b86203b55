import type { Process, ProcessRun, Run } from '../model/document';

/**
 * What a process did in a run; null where it took no part, or where that is not known: documents of before have only
 * totals, which are those of a run where there was no other.
 */
export function partIn(run: Run, process: Process): ProcessRun | null {
  const { execution } = process;
  const recorded = run.perProcess?.[process.id];
  if (recorded !== undefined) return recorded;
  if (execution.latestRun?.run === run.id) return execution.latestRun;
  return execution.runs === 1 && run.processes.includes(process.id) ? totalsOf(process) : null;
}

function totalsOf({ execution }: Process): ProcessRun {
  const { state, itemsIn, itemsOut, skipped, failed, selfTime, awaitTime, waitMs, firstItemMs, failure } = execution;
  return {
    state,
    itemsIn,
    itemsOut,
    skipped,
    failed,
    selfMs: selfTime?.totalMs ?? null,
    ...(awaitTime === undefined ? {} : { awaitMs: awaitTime?.totalMs ?? null }),
    waitMs,
    firstItemMs,
    failure,
  };
}
