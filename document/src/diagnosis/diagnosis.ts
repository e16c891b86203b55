import type { Process, TimeStatistics } from '../model/document';
import { printDuration } from '../wording/print-duration';

/** From this share of the pipeline's self time on a step is called its bottleneck. */
const DOMINANT = 0.4;

/** What is measured of a process: in one session, or in several together. */
export interface Figures extends Pick<Process, 'kind' | 'label'> {
  /** Self times; null where nothing was timed. */
  selfTime: Pick<TimeStatistics, 'totalMs' | 'meanMs' | 'overlapping'> | null;
  /** How long it waited for what is upstream; null where it never did. */
  waitMs: number | null;
  /** How many items it works on at a time. */
  concurrency: number;
}

/**
 * One sentence on what a run, or several of one sink, spend their time on: the sink's own code; or the step that takes most of the pipeline's self
 * time, if it takes at least 40 % of it; or that no step does. Null before anything was timed. The only place where this is decided: documents have the
 * sentence, and panel and CLI show it.
 */
export function diagnosisOf(sink: Figures, steps: Iterable<Figures>): string | null {
  const busyMs = sink.selfTime?.totalMs ?? 0;
  const waitMs = sink.waitMs ?? 0;
  if (busyMs + waitMs <= 0) return null;
  const share = percent(busyMs / (busyMs + waitMs));
  if (busyMs > waitMs) return `The pipeline keeps up: ${share} of the time is spent in your own code in ${name(sink)}.`;
  const occupied = [...steps].map((step) => ({ step, ms: occupationOf(step) })).sort((a, b) => b.ms - a.ms);
  const totalMs = occupied.reduce((sum, { ms }) => sum + ms, 0);
  const [slowest] = occupied;
  if (slowest === undefined || totalMs <= 0) return null;
  const { step, ms } = slowest;
  const part = `${percent(ms / totalMs)} of the pipeline's self time`;
  if (ms / totalMs < DOMINANT) return `No single step dominates: the slowest, ${name(step)}, takes ${part}.`;
  const { overlapping = false, meanMs = 0 } = step.selfTime ?? {};
  const advice = overlapping ? ` (${step.concurrency} at a time; a higher concurrency may help)` : '';
  return `${capital(name(step))} is the bottleneck: ${part}, ${printDuration(meanMs)} per item${advice}.`;
}

/** How long an operation had something to do: where items overlap, that is less than their times together. */
export function occupationOf({ selfTime, concurrency }: Pick<Figures, 'selfTime' | 'concurrency'>): number {
  return (selfTime?.totalMs ?? 0) / concurrency;
}

const name = ({ kind, label }: Figures): string => (kind === label ? kind : `${kind} "${label}"`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
