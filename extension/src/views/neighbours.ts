import { describeNode } from '../graph/describe';
import type { ViewContext } from './context';
import { h } from './dom';
import { linkButton } from './section';

/** Links to the drawn nodes that stand for these processes or artifacts. */
export function neighbours(ids: readonly string[], { graph, store, ui }: ViewContext): HTMLElement {
  const list = h('span', 'stemma-Links');
  const seen = new Set<string>();
  for (const id of ids) {
    const node = graph.drawnFor(id);
    if (node && !seen.has(node.id)) {
      seen.add(node.id);
      const face = describeNode(node, store);
      const label = face?.label === '' || !face ? node.id : face.label;
      list.append(linkButton(face && face.count > 1 ? `${label} ×${face.count}` : label, () => ui.select(node.id)));
    }
  }
  return list;
}
