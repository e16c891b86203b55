import { formatChange, formatCount } from 'stemma-document';
import { comparableRun, compareRuns, relativeChange, type Change, type ProcessComparison } from '../graph/comparison';
import type { Run } from '../model/types';
import type { Translate, ViewContext } from '../elements/context';
import { h, setHidden, setText, type View } from '../elements/dom';
import { linkButton } from '../elements/section';

/** The newest run beside the one before of the same cell: own time, items and problems of each process. Hidden where there is nothing to compare. */
export function comparisonView(host: HTMLElement, context: ViewContext): View {
  const { durations, store } = context;
  const hint = h('p', 'stemma-Hint');
  const scroll = h('div', 'stemma-Scroll');
  host.append(hint, scroll);
  let shown = '';
  return {
    update: () => {
      const runs = comparableRun(store);
      const rows = runs ? compareRuns(runs.before, runs.now, store) : [];
      setHidden(host.parentElement, runs === null);
      if (runs) {
        setText(hint, hintText(runs, rows, context));
      }
      const key = JSON.stringify([rows, durations.unit]);
      if (key !== shown) {
        shown = key;
        scroll.replaceChildren(...(rows.length > 0 ? [table(rows, context)] : []));
      }
    },
    dispose: () => host.replaceChildren(),
  };
}

function hintText(
  { before, now }: { before: Run; now: Run },
  rows: readonly unknown[],
  { durations, trans }: ViewContext,
): string {
  const change = formatChange(relativeChange({ before: before.durationMs, now: now.durationMs }));
  const whole = trans.__(
    'Total: %1 before, %2 now (%3).',
    durations.format(before.durationMs),
    durations.format(now.durationMs),
    change === '' ? '–' : change,
  );
  return rows.length > 0
    ? whole
    : `${whole} ${trans.__('The same steps took part in both runs, and their times are recorded for both together.')}`;
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
