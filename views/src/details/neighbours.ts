import { describeNode } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { inParts } from '../elements/in-parts';
import { linkButton } from '../elements/section';

/** Links to the drawn nodes that stand for these processes or artifacts. */
export function neighbours(ids: readonly string[], { graph, store, trans, ui }: ViewContext): HTMLElement {
  const box = h('span');
  const links = h('span', 'stemma-Links');
  const nodes = new Set(ids.flatMap((id) => graph.drawnFor(id) ?? []));
  const more = inParts([...nodes], trans, (node) => {
    const face = describeNode(node, store);
    const label = face?.label === '' || !face ? node.id : face.label;
    links.append(linkButton(face && face.count > 1 ? `${label} ×${face.count}` : label, () => ui.select(node.id)));
  });
  box.append(links, more);
  return box;
}
