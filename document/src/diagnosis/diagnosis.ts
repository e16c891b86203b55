import type { Process, ProcessRun, TimeStatistics } from '../model/document';
import { timesInRun } from '../runs/times-in-run';
import { printDuration } from '../wording/print-duration';

/** From this share of the pipeline's self time on a step is called its bottleneck. */
const DOMINANT = 0.4;

/** What is measured of a process: in one session, or in several together. */
export interface Figures extends Pick<Process, 'kind' | 'label'> {
  /** Self times; null where nothing was timed. */
  selfTime: Pick<TimeStatistics, 'totalMs' | 'meanMs' | 'overlapping'> | null;
  /** For how long its calls waited for what they had asked for; null where none did. */
  awaitTime: Pick<TimeStatistics, 'totalMs' | 'meanMs'> | null;
  /** How long it waited for its input; null where it never did. */
  waitMs: number | null;
  /** How many items it works on at a time. */
  concurrency: number;
}

/** What the diagnosis needs of a process. */
export function figuresOf({ kind, label, execution }: Process): Figures {
  const { selfTime, awaitTime = null, waitMs, concurrency = 1 } = execution;
  return { kind, label, selfTime, awaitTime, waitMs, concurrency };
}

/** The same in one run alone, in which the process did `part`. */
export function figuresInRun(figures: Figures, part: ProcessRun): Figures {
  return {
    ...figures,
    selfTime: timesInRun(figures.selfTime, part.selfMs, part),
    awaitTime: timesInRun(figures.awaitTime, part.awaitMs ?? null, part),
    waitMs: part.waitMs,
  };
}

/**
 * One sentence on what a run, or several of one sink, spend their time on: the sink's own code; or the step that takes
 * most of the pipeline's time, if it takes at least 40 % of it; or that no step does. Null before anything was timed.
 * The only place where this is decided: documents have the sentence, and panel and CLI show it.
 */
export function diagnosisOf(sink: Figures, steps: Iterable<Figures>): string | null {
  const ownMs = occupationOf(sink);
  const waitMs = sink.waitMs ?? 0;
  if (ownMs + waitMs <= 0) return null;
  const share = percent(ownMs / (ownMs + waitMs));
  if (ownMs > waitMs) return `The pipeline keeps up: ${share} of the time is spent in your own code in ${name(sink)}.`;
  const occupied = [...steps].map((step) => ({ step, ms: occupationOf(step) })).sort((a, b) => b.ms - a.ms);
  const totalMs = occupied.reduce((sum, { ms }) => sum + ms, 0);
  const [slowest] = occupied;
  if (slowest === undefined || totalMs <= 0) return null;
  const { step, ms } = slowest;
  const time = occupied.some(({ step: { awaitTime } }) => (awaitTime?.totalMs ?? 0) > 0) ? 'time' : 'self time';
  const part = `${percent(ms / totalMs)} of the pipeline's ${time}`;
  if (ms / totalMs < DOMINANT) return `No single step dominates: the slowest, ${name(step)}, takes ${part}.`;
  return `${capital(name(step))} is the bottleneck: ${part}, ${perItem(step)}.`;
}

function occupationOf({ selfTime, awaitTime, concurrency }: Figures): number {
  return (selfTime?.totalMs ?? 0) + (awaitTime?.totalMs ?? 0) / concurrency;
}

/**
 * How long a process was busy: its self time, and while its calls waited, where those under way at the same time count
 * once.
 */
export const busyMsOf = (process: Process): number => occupationOf(figuresOf(process));

/**
 * How long an item takes, and what may be done about it: more calls at a time help where they wait, and not where they
 * compute.
 */
function perItem({ selfTime, awaitTime, concurrency }: Figures): string {
  const selfMs = selfTime?.totalMs ?? 0;
  const waits = (awaitTime?.totalMs ?? 0) / concurrency > selfMs;
  const each = `${printDuration((selfTime?.meanMs ?? 0) + (awaitTime?.meanMs ?? 0))} per item`;
  if (waits) {
    const advice = selfTime?.overlapping === true ? ` (${concurrency} at a time; a higher concurrency may help)` : '';
    return `${each}, mostly waiting${advice}`;
  }
  return selfTime?.overlapping === true
    ? `${each}, mostly computing (a higher concurrency does not help, worker threads may)`
    : each;
}

const name = ({ kind, label }: Figures): string => (kind === label ? kind : `${kind} "${label}"`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
