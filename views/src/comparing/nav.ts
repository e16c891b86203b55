import { describeNode, type DrawnNode } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { iconButton } from '../elements/icons';
import { matchName } from '../elements/match-names';
import { linkButton } from '../elements/section';
import type { Comparison } from '../model/comparison';

/** The drawn steps that differ, in the order of the graph. */
export function differing({ graph }: ViewContext, comparison: Comparison): DrawnNode[] {
  return graph.nodes.filter((node) => node.type === 'process' && comparison.matchOf(node) !== 'same');
}

/** Goes from difference to difference, in the order of the graph, and says which one is shown. */
export function differenceNav(host: HTMLElement, context: ViewContext, comparison: Comparison): View {
  const { graph, store, trans, ui } = context;
  const go = (by: 1 | -1): void => {
    const all = differing(context, comparison);
    const order = graph.nodes.map(({ id }) => id);
    const at = order.indexOf(ui.selected ?? '');
    const found =
      by > 0
        ? all.find(({ id }) => order.indexOf(id) > at)
        : all.filter(({ id }) => order.indexOf(id) < (at < 0 ? order.length : at)).at(-1);
    ui.select((found ?? all.at(by > 0 ? 0 : -1))?.id ?? null);
  };
  const bar = h('div', 'stemma-CompareNav');
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', trans.__('From difference to difference'));
  const place = h('span', 'stemma-CompareNav-place');
  place.setAttribute('role', 'status');
  const all = linkButton(trans.__('All differences'), () => ui.select(null));
  bar.append(
    iconButton('previous', trans.__('Previous difference'), () => go(-1)),
    iconButton('next', trans.__('Next difference'), () => go(1)),
    place,
    all,
  );
  host.append(bar);
  return {
    update: () => {
      const nodes = differing(context, comparison);
      const at = nodes.findIndex(({ id }) => id === ui.selected);
      const node = nodes[at];
      const label = (node && describeNode(node, store)?.label) ?? '';
      bar.hidden = nodes.length === 0;
      all.hidden = ui.selected === null;
      setText(
        place,
        node
          ? trans.__('%1 of %2: %3, %4', at + 1, nodes.length, label, matchName(comparison.matchOf(node), trans))
          : trans._n('%1 step differs', '%1 steps differ', nodes.length),
      );
    },
    dispose: () => bar.remove(),
  };
}
