import type { ProvenanceStore } from './store';
import type { Process } from 'stemma-document';

/**
 * Id of what stands now where a process or artifact stood before its cell ran again: of the same kind and label in the
 * same cell, counted from the first of these. Null where there is no such thing (yet).
 */
export function successor(id: string, store: Pick<ProvenanceStore, 'processes' | 'artifacts'>): string | null {
  const producer = store.artifacts.get(id)?.producer ?? null;
  const process = store.processes.get(producer ?? id);
  if (!process?.superseded || process.cell === null) {
    return null;
  }
  const alike = [...store.processes.values()].filter((other) => isAlike(other, process));
  const at = alike.filter(({ cell }) => cell?.executionCount === process.cell?.executionCount).indexOf(process);
  const now = alike.filter(({ superseded }) => !superseded)[at];
  if (!now) {
    return null;
  }
  return producer === null ? now.id : (now.outputs[process.outputs.indexOf(id)] ?? null);
}

function isAlike(a: Process, b: Process): boolean {
  return a.kind === b.kind && a.label === b.label && a.cell?.id === b.cell?.id;
}
