import type { ProvenanceStore } from '../model/store';
import type { DrawnNode } from 'stemma-document';

/**
 * The drawn processes whose label or kind, or that of one of their members, contains all words of a query, and the
 * artifacts whose schema does.
 */
export function search(query: string, nodes: readonly DrawnNode[], store: ProvenanceStore): string[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) {
    return [];
  }
  return nodes
    .filter((node) =>
      node.members.some((id) => {
        const text = textOf(id, store).toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    )
    .map((node) => node.id);
}

function textOf(id: string, store: ProvenanceStore): string {
  const process = store.processes.get(id);
  if (process) {
    return `${process.label} ${process.kind} ${process.execution.state}`;
  }
  return store.artifacts.get(id)?.execution.schemaText ?? '';
}
