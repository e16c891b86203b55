import type { ViewContext } from '../elements/context';

/** Opens a node: a group expands, a process leads to its cell. */
export function openNode({ actions, graph, store, ui }: ViewContext, id: string): void {
  const node = graph.node(id);
  const first = node?.members[0];
  if (!node || first === undefined) {
    return;
  }
  if (node.members.length > 1) {
    graph.toggle(node.id);
    ui.select(first);
    return;
  }
  const process = store.processes.get(first) ?? store.processes.get(store.artifacts.get(first)?.producer ?? '');
  if (process?.cell) {
    actions.revealCell?.(process.cell);
  }
}
