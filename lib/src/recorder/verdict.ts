import { printDuration } from './duration';
import type { ProcessRecord } from './process-record';

/**
 * One sentence on what a run spends its time on: the sink's own code, or the operation of the pipeline that takes
 * most of it. Null before anything was timed.
 */
export function verdictOf(sink: ProcessRecord, processes: Iterable<ProcessRecord>): string | null {
  const busyMs = sink.timer.statistics()?.totalMs ?? 0;
  const waitMs = sink.waitMs ?? 0;
  if (busyMs + waitMs <= 0) return null;
  const share = percent(busyMs / (busyMs + waitMs));
  if (busyMs > waitMs) return `The pipeline keeps up: ${share} of the time goes into your own code in ${name(sink)}.`;
  const steps = [...processes]
    .filter((process) => process !== sink)
    .map((process) => ({ process, ...occupationOf(process) }));
  const totalMs = steps.reduce((sum, { ms }) => sum + ms, 0);
  const slowest = steps.sort((a, b) => b.ms - a.ms)[0];
  if (slowest === undefined || totalMs <= 0) return null;
  const { process, ms, meanMs } = slowest;
  const advice = process.timer.overlapping ? ` (${process.concurrency} at a time; a higher concurrency may help)` : '';
  return (
    `${capital(name(process))} is the bottleneck: ${percent(ms / totalMs)} of the pipeline's own time, ` +
    `${printDuration(meanMs)} an item${advice}.`
  );
}

/** How long an operation had something to do: where items overlap, that is less than their times together. */
function occupationOf({ timer, concurrency }: ProcessRecord): { ms: number; meanMs: number } {
  const time = timer.statistics();
  return { ms: (time?.totalMs ?? 0) / concurrency, meanMs: time?.meanMs ?? 0 };
}

const name = ({ definition: { kind, label } }: ProcessRecord): string => (kind === label ? kind : `${kind} "${label}"`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
