import { labelPattern, seriesLabel } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';
import type { Process, Run } from '../model/types';

/** A figure before and now; null where the process was not there. */
export interface Change {
  before: number | null;
  now: number | null;
}

/** One process, or several alike, in two runs. Figures are those of one run, averaged where a process took part in several. */
export interface ProcessComparison {
  /** Ids of the processes of the later run, else of the earlier one. */
  processes: string[];
  label: string;
  ownMs: Change;
  items: Change;
  problems: Change;
}

/** The newest run of the same cell and the same sink that was complete before this one began; null where there is none. */
export function runBefore(run: Run, store: ProvenanceStore): Run | null {
  const key = comparedBy(run, store);
  let found: Run | null = null;
  for (const other of store.runs.values()) {
    if (other === run) {
      return found;
    }
    if (other.state === 'complete' && comparedBy(other, store) === key) {
      found = other;
    }
  }
  return found;
}

/** A cell stays itself when its code, or what is upstream, is edited; where no cell is known, only the runs of one sink are compared. */
function comparedBy({ cell, sink }: Run, store: ProvenanceStore): string {
  const id = cell?.id ?? null;
  return id === null ? sink : `${id}\n${store.processes.get(sink)?.label ?? sink}`;
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

/** What the processes of two runs did. Those that took part in both are left out: their figures are of both together. */
export function compareRuns(before: Run, now: Run, { processes }: ProvenanceStore): ProcessComparison[] {
  const groups = new Map<string, { before: Process[]; now: Process[] }>();
  const add = (side: 'before' | 'now', run: Run, other: Run): void => {
    const shared = new Set(other.processes);
    for (const process of run.processes.flatMap((id) => (shared.has(id) ? [] : (processes.get(id) ?? [])))) {
      const key = `${process.kind}\n${labelPattern(process.label)}`;
      const group = groups.get(key) ?? { before: [], now: [] };
      groups.set(key, group);
      group[side].push(process);
    }
  };
  add('now', now, before);
  add('before', before, now);
  return [...groups.values()].map((group) => {
    const shown = group.now.length > 0 ? group.now : group.before;
    const change = (of: (process: Process) => number): Change => ({
      before: perRun(group.before, of),
      now: perRun(group.now, of),
    });
    return {
      processes: shown.map(({ id }) => id),
      label: seriesLabel(shown.map(({ label }) => label)),
      ownMs: change(({ execution }) => execution.selfTime?.totalMs ?? 0),
      items: change(({ execution }) => Math.max(execution.itemsIn, execution.itemsOut)),
      problems: change(({ execution }) => execution.skipped + execution.failed),
    };
  });
}

function perRun(processes: readonly Process[], of: (process: Process) => number): number | null {
  return processes.length === 0
    ? null
    : processes.reduce((sum, process) => sum + of(process) / Math.max(1, process.execution.runs), 0);
}

/** By how much a figure changed, relative to what it was; null where that cannot be said. */
export function relativeChange({ before, now }: Change): number | null {
  return before === null || now === null || before <= 0 ? null : now / before - 1;
}
