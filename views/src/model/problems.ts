import type { ProvenanceStore } from './store';
import { type Artifact, type Failure, hintsOf, type Process } from 'stemma-document';

/** Something that went wrong at a process. */
export interface Problem {
  process: string;
  /** A failure ended a run; a skipped item did not. */
  kind: 'failed' | 'skipped';
  failure: Failure;
}

/** Problems of one process, and how many there were in all: the recorder keeps only the first. */
export interface ProblemGroup {
  process: string;
  skipped: number;
  /** In how many of the chosen runs the same number was skipped; 1 where the numbers differ, and of one run. */
  times: number;
  failed: number;
  problems: Problem[];
  /** What will go wrong, e.g. parts of a data set that overlap. */
  warnings: readonly string[];
  /** What may not be meant, though nothing went wrong. */
  hints: readonly string[];
}

/** Problems of one message. */
export interface AlikeProblems {
  kind: Problem['kind'];
  name: string;
  /** Where the messages of several name their items, an ellipsis stands for these. */
  message: string;
  failures: Failure[];
}

/** Problems by what they say, in the order in which they came. */
export function byMessage(problems: readonly Problem[]): AlikeProblems[] {
  const groups = new Map<string, AlikeProblems>();
  for (const { kind, failure } of problems) {
    const { name, message, origin } = failure;
    const common = origin === null ? message : message.replaceAll(origin, '…');
    const key = JSON.stringify([kind, name, common]);
    const group = groups.get(key);
    if (group) {
      group.message = common;
      group.failures.push(failure);
    } else {
      groups.set(key, { kind, name, message, failures: [failure] });
    }
  }
  return [...groups.values()];
}

/** The failure that ended a process, and the items that it skipped, as far as they are kept. */
export function problemsOf({ id, execution: { failure, skippedItems } }: Process): Problem[] {
  return [
    ...(failure ? [{ process: id, kind: 'failed' as const, failure }] : []),
    ...skippedItems.map((item) => ({ process: id, kind: 'skipped' as const, failure: item })),
  ];
}

/** All problems of what is not superseded, by process: failures first, steps with nothing but hints last. */
export function problemGroups(store: ProvenanceStore): ProblemGroup[] {
  const groups: ProblemGroup[] = [];
  for (const process of store.processes.values()) {
    const { failure, skippedItems, skipped, failed } = process.execution;
    const warnings = process.warnings ?? [];
    if (process.superseded) {
      continue;
    }
    const hints = hintsOf(process, store);
    const isFine = !failure && skippedItems.length === 0 && skipped === 0 && warnings.length === 0;
    if (isFine && hints.length === 0) {
      continue;
    }
    groups.push({
      process: process.id,
      ...skippedOf(process, store),
      failed: Math.max(failed, failure ? 1 : 0),
      problems: problemsOf(process),
      warnings,
      hints,
    });
  }
  return groups.sort((a, b) => weightOf(b) - weightOf(a));
}

function weightOf({ failed, skipped, warnings, problems }: ProblemGroup): number {
  return failed > 0 ? 2 : skipped + warnings.length + problems.length > 0 ? 1 : 0;
}

/** Whether a run ended by a failure. */
export function hasFailed(store: ProvenanceStore): boolean {
  return problemGroups(store).some(({ failed }) => failed > 0);
}

/** The same items skipped in several runs are one problem, met that often. */
function skippedOf({ id, execution }: Process, store: ProvenanceStore): { skipped: number; times: number } {
  const { skipped } = execution;
  const perRun = [...store.runs.values()].flatMap(({ perProcess }) => perProcess?.[id]?.skipped || []);
  const [first = 0] = perRun;
  const isSame = first * perRun.length === skipped && perRun.every((count) => count === first);
  return isSame ? { skipped: first, times: Math.max(1, perRun.length) } : { skipped, times: 1 };
}

/** Streams of what is not superseded whose items do not all fit one schema. */
export function anomalies(store: ProvenanceStore): Artifact[] {
  return [...store.artifacts.values()].filter((artifact) => !artifact.superseded && artifact.execution.anomaly);
}

/** How many items failed or were skipped, how many warnings there are, and how many streams deviate, for the tab. */
export function problemCount(store: ProvenanceStore): number {
  const groups = problemGroups(store);
  const inGroups = groups.reduce((sum, group) => sum + group.skipped + group.failed + group.warnings.length, 0);
  return inGroups + anomalies(store).length;
}
