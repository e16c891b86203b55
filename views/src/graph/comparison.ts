import {
  compareRuns,
  type ProcessRun,
  type Run,
  runBefore,
  type RunPair,
  type RunSide,
  seriesLabel,
} from 'stemma-document';
import type { ProvenanceStore } from '../model/store';
import type { GraphModel } from './graph-model';

/** A figure before and now; null where the process was not there. */
export interface Change {
  before: number | null;
  now: number | null;
}

/** One process, or several that are drawn as one, in two runs. */
export interface ProcessComparison {
  /** Ids of the processes of the later run, else of the earlier one. */
  processes: string[];
  label: string;
  ownMs: Change;
  items: Change;
  problems: Change;
}

/** The newest run that has one to be compared with. */
export function comparableRun(store: ProvenanceStore): { before: Run; now: Run } | null {
  for (const now of [...store.runs.values()].reverse()) {
    const before = now.state === 'complete' ? runBefore(now, store) : null;
    if (before) {
      return { before, now };
    }
  }
  return null;
}

/** What the processes of two runs did, grouped as the graph is drawn. */
export function compareInGraph(
  before: Run,
  now: Run,
  { graph, store }: { graph: GraphModel; store: ProvenanceStore },
): ProcessComparison[] {
  const groups = new Map<string, RunPair[]>();
  for (const pair of compareRuns(before, now, store)) {
    if (pair.before?.part === null || pair.now?.part === null) {
      // What it did in this run alone is not known any more.
      continue;
    }
    const id = (pair.now ?? pair.before)?.process.id ?? '';
    const key = graph.drawnFor(id)?.id ?? id;
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return [...groups.values()].map((pairs) => {
    const shown = pairs.flatMap((pair) => pair.now ?? pair.before ?? []);
    const change = (of: (part: ProcessRun) => number): Change => ({
      before: total(
        pairs.flatMap((pair) => pair.before ?? []),
        of,
      ),
      now: total(
        pairs.flatMap((pair) => pair.now ?? []),
        of,
      ),
    });
    return {
      processes: shown.map(({ process }) => process.id),
      label: seriesLabel(shown.map(({ process }) => process.label)),
      ownMs: change(({ selfMs }) => selfMs ?? 0),
      items: change(({ itemsIn, itemsOut }) => Math.max(itemsIn, itemsOut)),
      problems: change(({ skipped, failed }) => skipped + failed),
    };
  });
}

function total(sides: readonly RunSide[], of: (part: ProcessRun) => number): number | null {
  const parts = sides.flatMap(({ part }) => part ?? []);
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + of(part), 0);
}

/** By how much a figure changed, relative to what it was; null where that cannot be said. */
export function relativeChange({ before, now }: Change): number | null {
  return before === null || now === null || before <= 0 ? null : now / before - 1;
}
