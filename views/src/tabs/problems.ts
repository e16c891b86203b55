import { type Artifact, formatCount } from 'stemma-document';
import { runName } from '../elements/run-name';
import { anomalies, byMessage, hasFailed, problemCount, problemGroups, type ProblemGroup } from '../model/problems';
import { ALL } from '../model/scoped-record';
import type { ViewContext } from '../elements/context';
import { anomalyBlock } from '../details/anomaly';
import { h, type View } from '../elements/dom';
import { alikeFailures } from '../details/alike-failures';
import { warningBlock } from '../details/failure';
import { placeLink } from '../details/place-link';
import { linkButton } from '../elements/section';
import type { PanelTab } from './panel-tab';

export const problemsTab: PanelTab = {
  id: 'problems',
  title: (trans) => trans.__('Problems'),
  view: problemsView,
  badge: problemCount,
  isSerious: hasFailed,
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

function groupBlock(group: ProblemGroup, context: ViewContext): HTMLElement {
  const { graph, store, trans, ui } = context;
  const process = store.processes.get(group.process);
  const block = h('section', 'stemma-Section');
  const head = h('div', 'stemma-Problem-head');
  const link = linkButton(process?.label ?? '', () => ui.select(graph.drawnFor(group.process)?.id ?? null));
  head.append(link, h('span', 'stemma-Hint', summaryOf(group, context)));
  const place = process && placeLink(process, context);
  if (place) {
    place.classList.add('stemma-mod-end');
    head.append(place);
  }
  block.append(head);
  block.append(...group.warnings.map((warning) => warningBlock(warning)));
  block.append(...byMessage(group.problems).map((alike) => alikeFailures(alike, process, context)));
  block.append(...group.hints.map((hint) => warningBlock(trans.__('Hint: it %1.', hint), 'hint')));
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

/** How many, and in which run. */
function summaryOf({ process, failed, skipped, times }: ProblemGroup, { store, trans }: ViewContext): string {
  const run = store.runs.get(store.processes.get(process)?.execution.latestRun?.run ?? '');
  const isOfOne = store.scope !== ALL && store.runs.size > 1 && failed + skipped > 0;
  return [
    failed > 0 ? trans.__('%1 failed', formatCount(failed)) : '',
    skipped > 0 ? trans.__('%1 skipped', formatCount(skipped)) : '',
    times > 1 ? trans.__('× %1 runs', times) : '',
    isOfOne ? runName((store.isOfRun(process) ? store.run : run) ?? store.run!, trans) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
