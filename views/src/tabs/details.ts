import { artifactDetails } from '../details/artifact-details';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { traceView } from '../details/trace';
import { overview } from '../details/overview';
import { processDetails } from '../details/process-details';
import type { PanelTab } from './panel-tab';

export const detailsTab: PanelTab = {
  id: 'details',
  title: (trans) => trans.__('Details'),
  view: detailsView,
};

/** The lower half: what is known of the selected node, or an overview when none is. */
function detailsView(host: HTMLElement, context: ViewContext): View {
  host.classList.add('stemma-Details');
  let shown: string | null = null;
  let view: View | null = null;

  const build = (): View => {
    const node = context.ui.selected === null ? undefined : context.graph.node(context.ui.selected);
    const body = h('div', 'stemma-Details-body');
    host.replaceChildren(body);
    host.scrollTop = 0;
    if (context.ui.traced !== null) {
      return traceView(body, context, context.ui.traced);
    }
    if (!node) {
      return overview(body, context);
    }
    return node.type === 'process' ? processDetails(body, context, node) : artifactDetails(body, context, node);
  };
  return {
    update: () => {
      const { graph, store, ui } = context;
      const node = ui.selected === null ? undefined : graph.node(ui.selected);
      // The members belong to the identity: a group that grows lists more of them.
      const key =
        ui.traced !== null
          ? `trace ${ui.traced}`
          : node
            ? `${store.session?.id}/${node.id}/${node.members.length}`
            : 'overview';
      if (key !== shown || !view) {
        shown = key;
        view?.dispose();
        view = build();
      }
      view.update();
    },
    dispose: () => {
      view?.dispose();
      host.replaceChildren();
    },
  };
}
