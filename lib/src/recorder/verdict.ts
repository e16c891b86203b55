import { printDuration } from './duration';
import type { ProcessRecord } from './process-record';

/** From this share of the pipeline's self time on a step is called its bottleneck. */
const DOMINANT = 0.4;

/**
 * One sentence on what a run spends its time on: the sink's own code; or the step that takes most of the pipeline's self time, if it takes at
 * least 40 % of it; or that no step does. Null before anything was timed. The only place where this is decided: the panel and the CLI show the sentence.
 */
export function verdictOf(sink: ProcessRecord, processes: Iterable<ProcessRecord>): string | null {
  const busyMs = sink.timer.statistics()?.totalMs ?? 0;
  const waitMs = sink.waitMs ?? 0;
  if (busyMs + waitMs <= 0) return null;
  const share = percent(busyMs / (busyMs + waitMs));
  if (busyMs > waitMs) return `The pipeline keeps up: ${share} of the time is spent in your own code in ${name(sink)}.`;
  const steps = [...processes]
    .filter((process) => process !== sink)
    .map((process) => ({ process, ...occupationOf(process) }));
  const totalMs = steps.reduce((sum, { ms }) => sum + ms, 0);
  const slowest = steps.sort((a, b) => b.ms - a.ms)[0];
  if (slowest === undefined || totalMs <= 0) return null;
  const { process, ms, meanMs } = slowest;
  const part = `${percent(ms / totalMs)} of the pipeline's self time`;
  if (ms / totalMs < DOMINANT) return `No single step dominates: the slowest, ${name(process)}, takes ${part}.`;
  const advice = process.timer.overlapping ? ` (${process.concurrency} at a time; a higher concurrency may help)` : '';
  return `${capital(name(process))} is the bottleneck: ${part}, ${printDuration(meanMs)} per item${advice}.`;
}

/** How long an operation had something to do: where items overlap, that is less than their times together. */
function occupationOf({ timer, concurrency }: ProcessRecord): { ms: number; meanMs: number } {
  const time = timer.statistics();
  return { ms: (time?.totalMs ?? 0) / concurrency, meanMs: time?.meanMs ?? 0 };
}

const name = ({ definition: { kind, label } }: ProcessRecord): string => (kind === label ? kind : `${kind} "${label}"`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
