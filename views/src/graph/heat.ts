import { busyMsOf, type DrawnNode, processesOf } from 'stemma-document';
import type { ColorBy } from '../model/preferences';
import type { ProvenanceStore } from '../model/store';

/** Shades, from the faintest: 1 to 5. Few enough to be distinguished. */
export type Shade = 0 | 1 | 2 | 3 | 4 | 5;

/** How strongly each drawn process is coloured, relative to the strongest; 0 where there is nothing to show. */
export function shades(nodes: readonly DrawnNode[], store: ProvenanceStore, by: ColorBy): Map<string, Shade> {
  if (by === 'state') {
    return new Map();
  }
  const most = Math.max(strongest(nodes, store, by), Number.MIN_VALUE);
  return new Map(
    nodes
      .filter((node) => node.type === 'process')
      .map((node) => [node.id, Math.ceil((amount(node, store, by) / most) * 5) as Shade]),
  );
}

/** What the strongest shade stands for: milliseconds, items or problems. */
export function strongest(nodes: readonly DrawnNode[], store: ProvenanceStore, by: Exclude<ColorBy, 'state'>): number {
  return nodes.reduce((most, node) => (node.type === 'process' ? Math.max(most, amount(node, store, by)) : most), 0);
}

function amount(node: DrawnNode, store: ProvenanceStore, by: Exclude<ColorBy, 'state'>): number {
  return processesOf(node, store).reduce((sum, process) => {
    const { execution } = process;
    switch (by) {
      case 'time':
        return sum + busyMsOf(process);
      case 'items':
        return sum + Math.max(execution.itemsIn, execution.itemsOut);
      case 'problems':
        return sum + execution.skipped + execution.failed + (execution.failure ? 1 : 0);
    }
  }, 0);
}
