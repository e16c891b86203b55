import type { ViewContext } from '../elements/context';
import { lineage } from '../graph/lineage';

/**
 * What is not dimmed: the hits of a search, else the lineage of the selection where it is asked for; null: everything.
 */
export function emphasised({ graph, ui }: ViewContext, hits: readonly string[] | null): ReadonlySet<string> | null {
  if (hits !== null) {
    return new Set(hits);
  }
  return ui.lineage && ui.selected !== null && graph.node(ui.selected) ? lineage(ui.selected, graph.nodes) : null;
}

/** The nodes that the active cell has made. */
export function madeByActiveCell({ graph, store, ui }: ViewContext): ReadonlySet<string> {
  const { activeCell } = ui;
  const isOfCell = (id: string): boolean => {
    const process = store.processes.get(id) ?? store.processes.get(store.artifacts.get(id)?.producer ?? '');
    return activeCell !== null && process?.cell?.id === activeCell;
  };
  return new Set(graph.nodes.filter((node) => node.members.some(isOfCell)).map((node) => node.id));
}
