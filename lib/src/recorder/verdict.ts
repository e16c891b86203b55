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
    .map((process) => ({ process, time: process.timer.statistics() }))
    .flatMap(({ process, time }) => (time === null ? [] : [{ process, time }]));
  const totalMs = steps.reduce((sum, { time }) => sum + time.totalMs, 0);
  const slowest = steps.sort((a, b) => b.time.totalMs - a.time.totalMs)[0];
  if (slowest === undefined || totalMs <= 0) return null;
  const { process, time } = slowest;
  const advice = time.overlapping ? adviceForAsync(process) : '';
  return (
    `${capital(name(process))} is the bottleneck: ${percent(time.totalMs / totalMs)} of the pipeline's own time, ` +
    `${printDuration(time.meanMs)} an item${advice}.`
  );
}

function adviceForAsync({ definition }: ProcessRecord): string {
  const { concurrency } = definition.options;
  return typeof concurrency === 'number' ? ` (${concurrency} at a time)` : ' (a higher concurrency may help)';
}

const name = ({ definition: { kind, label } }: ProcessRecord): string => (kind === label ? kind : `${kind} "${label}"`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
