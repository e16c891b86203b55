import { formatChange, formatCount, type Run } from 'stemma-document';
import {
  comparableRun,
  compareInGraph,
  relativeChange,
  type Change,
  type ProcessComparison,
} from '../graph/comparison';
import type { Translate, ViewContext } from '../elements/context';
import { h, setHidden, setText, type View } from '../elements/dom';
import { linkButton } from '../elements/section';

/**
 * The newest run beside the one before of the same cell: self time, items and problems of each process. Hidden where
 * there is nothing to compare.
 */
export function comparisonView(host: HTMLElement, context: ViewContext): View {
  const { durations, graph, store } = context;
  const hint = h('p', 'stemma-Hint');
  const scroll = h('div', 'stemma-Scroll');
  host.append(hint, scroll);
  let shown = '';
  return {
    update: () => {
      const runs = comparableRun(store);
      setHidden(host.parentElement, runs === null);
      // Both have ended, so that their figures stay; only the graph may be drawn in another way.
      const key = JSON.stringify([runs?.before.id, runs?.now.id, graph.nodes.map(({ id }) => id), durations.unit]);
      if (key !== shown) {
        shown = key;
        setText(hint, runs ? hintText(runs, context) : '');
        scroll.replaceChildren(...(runs ? [table(compareInGraph(runs.before, runs.now, context), context)] : []));
      }
    },
    dispose: () => host.replaceChildren(),
  };
}

function hintText({ before, now }: { before: Run; now: Run }, { durations, trans }: ViewContext): string {
  const change = formatChange(relativeChange({ before: before.durationMs, now: now.durationMs }));
  return trans.__(
    'Total: %1 before, %2 now (%3).',
    durations.format(before.durationMs),
    durations.format(now.durationMs),
    change === '' ? '–' : change,
  );
}

function table(rows: readonly ProcessComparison[], context: ViewContext): HTMLElement {
  const { durations, trans } = context;
  const element = h('table', 'stemma-Table stemma-mod-comparison');
  const head = element.createTHead().insertRow();
  for (const name of [trans.__('step'), trans.__('self time'), 'Δ', trans.__('items'), trans.__('problems')]) {
    const cell = h('th', head.cells.length > 0 ? 'stemma-mod-number' : '', name);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element.createTBody();
  for (const one of rows) {
    const row = body.insertRow();
    row.insertCell().append(nameOf(one, context));
    const add = (text: string, title: string, className = ''): void => {
      const cell = row.insertCell();
      cell.className = `stemma-mod-number ${className}`;
      cell.textContent = text;
      cell.title = title;
    };
    const { ownMs, items, problems } = one;
    add(durations.format(ownMs.now), beforeText(ownMs, context));
    add(changeText(ownMs, trans), beforeText(ownMs, context), 'stemma-mod-faint');
    add(countText(items), '');
    add(countText(problems), '');
  }
  return element;
}

function nameOf({ label, processes }: ProcessComparison, { graph, ui }: ViewContext): HTMLElement {
  const count = processes.length > 1 ? `${label} ×${processes.length}` : label;
  const node = graph.drawnFor(processes[0] ?? '');
  return node ? linkButton(count, () => ui.select(node.id)) : h('span', '', count);
}

/** The count, with what it was where that differs. */
function countText({ before, now }: Change): string {
  const text = now === null ? '–' : formatCount(now);
  return before === null || now === null || before === now ? text : `${formatCount(before)} → ${text}`;
}

function changeText(change: Change, trans: Translate): string {
  if (change.before === null || change.now === null) {
    return change.before === null ? trans.__('new') : trans.__('removed');
  }
  return formatChange(relativeChange(change));
}

function beforeText({ before }: Change, { durations, trans }: ViewContext): string {
  return before === null ? '' : trans.__('previously %1', durations.format(before));
}
