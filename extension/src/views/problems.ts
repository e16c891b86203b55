import { formatCount } from '../format/number';
import { problemGroups, type ProblemGroup } from '../model/problems';
import type { ViewContext } from './context';
import { h, type View } from './dom';
import { failureBlock } from './failure';
import { linkButton } from './section';

/** What failed and what was skipped, with reasons and origins, and the way to the node. */
export function problemsView(host: HTMLElement, context: ViewContext): View {
  const { store, trans } = context;
  const body = h('div', 'stemma-Details-body');
  host.append(body);
  let shown = '';
  return {
    update: () => {
      const groups = problemGroups(store);
      const key = JSON.stringify(groups);
      if (key === shown) {
        return;
      }
      shown = key;
      body.replaceChildren(
        ...(groups.length === 0
          ? [h('p', 'stemma-Hint', trans.__('No item has failed and none was skipped.'))]
          : groups.map((group) => groupBlock(group, context))),
      );
    },
    dispose: () => host.replaceChildren(),
  };
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
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
  );
  block.append(head);
  for (const problem of group.problems) {
    block.append(failureBlock(problem.failure, trans, problem.kind === 'failed' ? 'error' : 'warn'));
  }
  const listed = group.problems.filter((problem) => problem.kind === 'skipped').length;
  if (group.skipped > listed) {
    block.append(
      h('p', 'stemma-Hint', trans.__('%1 more were skipped; the first are kept.', formatCount(group.skipped - listed))),
    );
  }
  return block;
}
