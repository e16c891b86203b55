import type { ViewContext } from '../elements/context';
import { matchName } from '../elements/match-names';
import { h, setAttribute, setText } from '../elements/dom';
import { stateName } from '../elements/state-names';
import { describeNode, type DrawnNode, endsOf, lossOfAll, type NodeFace, processesOf } from 'stemma-document';
import { lossText } from './node-title';
import type { GraphModel } from '../graph/graph-model';

/** An item of the tree, still empty. */
export function treeItem(node: DrawnNode): HTMLElement {
  const item = h('div');
  item.setAttribute('role', 'treeitem');
  item.dataset['nodeId'] = node.id;
  item.dataset['type'] = node.type;
  item.tabIndex = -1;
  return item;
}

/** Id of the node whose item this is; undefined for anything else. */
export function nodeIdOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset['nodeId'] : undefined;
}

/** Write where a node is in the graph, and whether its group is expanded. */
export function writePlace(item: HTMLElement, node: DrawnNode, graph: GraphModel): void {
  const group = graph.groupOf(node.id);
  const spot = graph.layout.places.get(node.id);
  setAttribute(item, 'aria-level', String((spot?.rank ?? 0) + 1));
  setAttribute(item, 'data-x', String(spot?.x));
  setAttribute(item, 'data-y', String(spot?.y));
  setAttribute(item, 'aria-expanded', group === undefined ? null : String(graph.isOpen(group)));
}

/** Write what changes with each patch: label, state and counts. */
export function writeFace(item: HTMLElement, node: DrawnNode, context: ViewContext): void {
  const { comparison, store, trans } = context;
  const face = describeNode(node, store);
  if (!face) {
    return;
  }
  const loss = lossOfAll(processesOf(node, store));
  const match = comparison?.matchOf(node) ?? null;
  setAttribute(item, 'data-match', match);
  const more = match === null ? lossText(loss, trans) : matchName(match, trans);
  setText(item, itemText(node, face, context, more));
  setAttribute(item, 'data-lost', String(loss.skipped + loss.dropped));
  setAttribute(item, 'data-state', face.state);
  setAttribute(item, 'data-label', face.label);
  setAttribute(item, 'data-kind', face.kind);
  setAttribute(item, 'data-count', String(face.count));
  const { first, last } = endsOf(node, store);
  const streams = node.type === 'artifact' ? node.members.flatMap((id) => store.artifacts.get(id) ?? []) : [];
  const itemsIn = first.reduce((sum, process) => sum + process.execution.itemsIn, 0);
  const itemsOut =
    last.reduce((sum, process) => sum + process.execution.itemsOut, 0) +
    streams.reduce((sum, artifact) => sum + artifact.execution.currentItems, 0);
  setAttribute(item, 'data-items-in', String(itemsIn));
  setAttribute(item, 'data-items-out', String(itemsOut));
}

/** `more`: what a step left out; in a comparison its mark, in place of its state. */
function itemText(node: DrawnNode, face: NodeFace, { comparison, trans }: ViewContext, more: string): string {
  const count = face.count > 1 ? ` ×${face.count}` : '';
  return node.type === 'process'
    ? [`${face.label}${count}`, face.kind, comparison ? '' : stateName(face.state, trans), more]
        .filter((text) => text !== '')
        .join(', ')
    : `${trans.__('stream of %1', face.label)}${count}, ${face.detail}`;
}
