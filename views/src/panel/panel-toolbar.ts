import type { ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import { iconButton } from '../elements/icons';

/** The buttons over the graph. */
export function panelToolbar(
  host: HTMLElement,
  context: ViewContext,
  on: { fit: () => void; tidy: () => void; find: () => void; help: () => void },
): View {
  const { actions, graph, store, trans, ui } = context;
  host.className = 'stemma-Toolbar';
  host.setAttribute('role', 'toolbar');
  host.setAttribute('aria-label', trans.__('Graph'));
  const fit = iconButton('fit', trans.__('Fit graph to view'), on.fit);
  const tidy = iconButton('tidy', trans.__('Reset layout'), on.tidy);
  const history = iconButton('history', trans.__('Show outdated steps: those whose cell has run again'), () => {
    graph.showSuperseded = !graph.showSuperseded;
  });
  const find = iconButton('search', trans.__('Find steps (/)'), on.find);
  const trace = iconButton('lineage', trans.__('Show only the lineage of the selection'), () => {
    ui.lineage = !ui.lineage;
  });
  const help = iconButton('help', trans.__('Legend and keys (?)'), on.help);
  host.append(history, find, trace, tidy, fit, help);
  const { exportDocument, openMenu } = actions;
  if (exportDocument) {
    host.append(iconButton('export', trans.__('Export provenance as JSON'), exportDocument));
  }
  if (openMenu) {
    const more = iconButton('more', trans.__('More'), () => {
      const box = more.getBoundingClientRect();
      openMenu(box.left, box.bottom);
    });
    more.classList.add('stemma-mod-more');
    more.setAttribute('aria-haspopup', 'menu');
    host.append(more);
  }
  return {
    update: () => {
      trace.setAttribute('aria-pressed', String(ui.lineage));
      history.setAttribute('aria-pressed', String(graph.showSuperseded));
      const any = [...store.processes.values()].some((process) => process.superseded);
      history.hidden = !any && !graph.showSuperseded;
    },
    dispose: () => host.replaceChildren(),
  };
}
