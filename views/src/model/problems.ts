import type { ProvenanceStore } from './store';
import type { Artifact, Failure, Process } from 'stemma-document';

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
}

/** All problems of what is not superseded, by process, failures first. */
export function problemGroups(store: ProvenanceStore): ProblemGroup[] {
  const groups: ProblemGroup[] = [];
  for (const process of store.processes.values()) {
    const { failure, skippedItems, skipped, failed } = process.execution;
    const warnings = process.warnings ?? [];
    if (process.superseded || (!failure && skippedItems.length === 0 && skipped === 0 && warnings.length === 0)) {
      continue;
    }
    groups.push({
      process: process.id,
      ...skippedOf(process, store),
      failed: Math.max(failed, failure ? 1 : 0),
      problems: [
        ...(failure ? [{ process: process.id, kind: 'failed' as const, failure }] : []),
        ...skippedItems.map((item) => ({ process: process.id, kind: 'skipped' as const, failure: item })),
      ],
      warnings,
    });
  }
  return groups.sort((a, b) => Number(b.failed > 0) - Number(a.failed > 0));
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
