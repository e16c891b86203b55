import { describeNode } from '../graph/describe';
import { followOrigin } from '../model/follow';
import type { ViewContext } from './context';
import { h, type View } from './dom';
import { iconButton } from './icons';
import { linkButton } from './section';
import { summaryView } from './summary-view';

/** One item at every step that it passed: before and after, from top to bottom. */
export function followView(host: HTMLElement, context: ViewContext, origin: string): View {
  const { graph, store, trans, ui } = context;
  const head = h('div', 'stemma-Details-title');
  const label = h('h2', 'stemma-Details-label', trans.__('Following %1', origin));
  label.title = origin;
  const close = iconButton('close', trans.__('Stop following'), () => ui.follow(null));
  close.classList.add('stemma-mod-end');
  head.append(label, close);
  const list = h('ol', 'stemma-Follow');
  host.append(head, list);
  const release = ui.watch([...store.artifacts.keys()]);
  let shown = '';
  return {
    update: () => {
      const steps = followOrigin(origin, graph.nodes, store);
      const key = JSON.stringify(steps.map(({ node, sample }) => [node.id, sample?.index, sample?.run]));
      if (key === shown) {
        return;
      }
      shown = key;
      list.replaceChildren(
        ...steps.map(({ node, sample }) => {
          const item = h('li', 'stemma-Follow-step');
          item.append(linkButton(describeNode(node, store)?.label ?? node.id, () => ui.select(node.id)));
          if (sample) {
            item.append(summaryView(sample.value, trans));
          }
          return item;
        }),
      );
      if (steps.length === 0) {
        list.replaceChildren(h('p', 'stemma-Hint', trans.__('Fetching the samples …')));
      }
    },
    dispose: release,
  };
}
