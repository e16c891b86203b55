import { type Artifact, formatCount } from 'stemma-document';
import { anomalies, problemCount, problemGroups, type ProblemGroup } from '../model/problems';
import type { ViewContext } from '../elements/context';
import { anomalyBlock } from '../details/anomaly';
import { h, type View } from '../elements/dom';
import { failureBlock, warningBlock } from '../details/failure';
import { linkButton } from '../elements/section';
import type { PanelTab } from './panel-tab';

export const problemsTab: PanelTab = {
  id: 'problems',
  title: (trans) => trans.__('Problems'),
  view: problemsView,
  badge: problemCount,
};

/** What failed, what was skipped and what to beware of, with reasons and origins, and the way to the node. */
function problemsView(host: HTMLElement, context: ViewContext): View {
  const { store, trans } = context;
  const body = h('div', 'stemma-Details-body');
  host.append(body);
  let shown = '';
  return {
    update: () => {
      const groups = problemGroups(store);
      const odd = anomalies(store);
      const key = JSON.stringify([groups, odd.map((artifact) => artifact.execution.anomaly)]);
      if (key === shown) {
        return;
      }
      shown = key;
      body.replaceChildren(
        ...(groups.length === 0 && odd.length === 0
          ? [h('p', 'stemma-Hint', trans.__('No problems: no item failed or was skipped, and there are no warnings.'))]
          : [
              ...groups.map((group) => groupBlock(group, context)),
              ...odd.map((artifact) => anomalyGroup(artifact, context)),
            ]),
      );
    },
    dispose: () => host.replaceChildren(),
  };
}

function anomalyGroup(artifact: Artifact, context: ViewContext): HTMLElement {
  const { graph, trans, ui } = context;
  const block = h('section', 'stemma-Section');
  const head = h('div', 'stemma-Problem-head');
  const select = (): void => ui.select(graph.drawnFor(artifact.id)?.id ?? null);
  head.append(linkButton(trans.__('stream of %1', artifact.label), select));
  block.append(head);
  if (artifact.execution.anomaly) {
    block.append(anomalyBlock(artifact.execution.anomaly, context));
  }
  return block;
}

function groupBlock(group: ProblemGroup, { graph, store, trans, ui }: ViewContext): HTMLElement {
  const process = store.processes.get(group.process);
  const block = h('section', 'stemma-Section');
  const head = h('div', 'stemma-Problem-head');
  head.append(
    linkButton(process?.label ?? group.process, () => ui.select(graph.drawnFor(group.process)?.id ?? null)),
    h(
      'span',
      'stemma-Hint',
      [
        group.failed > 0 ? trans.__('%1 failed', formatCount(group.failed)) : '',
        group.skipped > 0 ? trans.__('%1 skipped', formatCount(group.skipped)) : '',
        group.times > 1 ? trans.__('× %1 runs', group.times) : '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
  );
  block.append(head);
  for (const warning of group.warnings) {
    block.append(warningBlock(warning));
  }
  for (const problem of group.problems) {
    block.append(failureBlock(problem.failure, trans, problem.kind === 'failed' ? 'error' : 'warn'));
  }
  const listed = group.problems.filter((problem) => problem.kind === 'skipped').length;
  if (group.skipped > listed) {
    block.append(
      h(
        'p',
        'stemma-Hint',
        trans.__('%1 more were skipped; only the first are listed.', formatCount(group.skipped - listed)),
      ),
    );
  }
  return block;
}
