import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { inParts } from '../elements/in-parts';
import { whenChanged } from '../elements/when-changed';
import type { Comparison } from '../model/comparison';
import type { PanelTab } from './panel-tab';
import { changeTable } from '../comparing/change-table';
import { differenceList } from '../comparing/difference-list';
import { differenceNav } from '../comparing/nav';
import { pairDetails } from '../comparing/pair-details';

/** The tabs of a comparison. They have the ids of the tabs whose places they take, so that commands find them. */
export const comparedTabs = (comparison: Comparison): readonly PanelTab[] => [
  {
    id: 'details',
    title: (trans) => trans.__('Differences'),
    view: (host, context) => differencesView(host, context, comparison),
  },
  {
    id: 'session',
    title: (trans) => trans.__('Environment'),
    view: (host, context) => environmentView(host, context, comparison),
  },
];

/** What differs of the selected step; while none is selected, all steps that differ. */
function differencesView(host: HTMLElement, context: ViewContext, comparison: Comparison): View {
  const { graph, trans, ui } = context;
  host.classList.add('stemma-Details');
  const body = h('div', 'stemma-Details-body');
  const parts = h('div');
  const nav = differenceNav(body, context, comparison);
  body.append(parts);
  host.append(body);
  const details = whenChanged(
    () => JSON.stringify([ui.selected, context.durations.unit, graph.nodes.length]),
    () => {
      const node = graph.node(ui.selected ?? '');
      parts.replaceChildren();
      host.scrollTop = 0;
      if (node === undefined) {
        differenceList(parts, context, comparison);
        return;
      }
      const pairs = comparison.pairsOf(node);
      const differ = pairs.filter(({ match }) => match !== 'same');
      const list = h('div');
      parts.append(
        list,
        inParts(differ.length > 0 ? differ : pairs.slice(0, 1), trans, (pair) =>
          list.append(pairDetails(pair, comparison, context)),
        ),
      );
    },
  );
  return {
    update: () => {
      nav.update();
      details.update();
    },
    dispose: () => {
      nav.dispose();
      host.replaceChildren();
    },
  };
}

function environmentView(host: HTMLElement, context: ViewContext, { diff }: Comparison): View {
  const { trans } = context;
  const body = h('div', 'stemma-Details-body');
  body.append(
    diff.environment.length === 0
      ? h('p', 'stemma-Hint', trans.__('Parameters, files, versions and machine are the same.'))
      : changeTable(diff.environment, context),
  );
  host.append(body);
  return { update: () => undefined, dispose: () => host.replaceChildren() };
}
