import { formatCount, formatLength, formatRate, visibleText } from 'stemma-document';
import { type RunSummary, summarise } from '../model/summary';
import type { ViewContext } from '../elements/context';
import { emptyKind } from './empty';
import { h, setAttribute, setText, type View } from '../elements/dom';
import { setStateIcon, stateIcon } from '../elements/icons';
import { stateName } from '../elements/state-names';
import { runSelect } from './run-select';

/** The head of the panel: what runs, how far it is, and how fast. Its height never changes. */
export function headerView(host: HTMLElement, context: ViewContext, toolbar: HTMLElement): View {
  const { durations, store, trans } = context;
  const icon = stateIcon();
  const state = h('span', 'stemma-Header-state');
  // Spoken politely, and only when the state changes: counts would never end.
  state.setAttribute('role', 'status');
  const sink = h('span', 'stemma-Header-sink');
  const title = h('div', 'stemma-Header-title');
  title.append(icon, state, sink, toolbar);

  const bar = h('div', 'stemma-Progress');
  bar.setAttribute('role', 'progressbar');
  bar.setAttribute('aria-label', trans.__('Progress of the run'));
  const fill = h('div', 'stemma-Progress-fill');
  bar.append(fill);

  const figures = h('div', 'stemma-Figures stemma-Header-figures');
  const items = figure(figures, trans.__('items'));
  const elapsed = figure(figures, trans.__('elapsed'));
  const rate = figure(figures, trans.__('rate'));
  const choice = h('div', 'stemma-Figure stemma-Header-runs');
  figures.append(choice);
  const runs = runSelect(choice, context);
  choice.append(h('div', 'stemma-Figure-name', trans.__('numbers of')));
  host.classList.add('stemma-Header');
  host.append(title, bar, figures);

  const update = (): void => {
    const summary = summarise(store);
    host.hidden = emptyKind(store) !== null;
    runs.update();
    if (!summary) {
      setStateIcon(icon, 'new');
      setText(state, store.isStale ? trans.__('Previous session') : trans.__('Not run yet'));
      setText(sink, '');
      [items, elapsed, rate].forEach(({ value, unit }) => {
        setText(value, '–');
        setText(unit, '');
      });
      fill.style.transform = 'scaleX(0)';
      return;
    }
    setStateIcon(icon, summary.state);
    setText(state, stateText(summary, context));
    const step = stepText(summary);
    setText(sink, step);
    sink.title = step;
    setText(items.value, formatCount(summary.items));
    const known = summary.length.kind === 'exact' || summary.length.kind === 'atMost';
    setText(items.unit, known && summary.state !== 'complete' ? trans.__('of %1', formatLength(summary.length)) : '');
    setText(
      elapsed.value,
      summary.state === 'running' ? durations.elapsed(summary.elapsedMs) : durations.format(summary.elapsedMs),
    );
    setText(
      elapsed.unit,
      summary.remainingMs !== null && summary.elapsedMs > 2000
        ? trans.__('%1 left', `~${durations.elapsed(Math.round(summary.remainingMs / 1000) * 1000).replace('.0', '')}`)
        : '',
    );
    setText(rate.value, formatRate(summary.perSecond));
    setAttribute(bar, 'data-state', summary.state);
    bar.classList.toggle('stemma-mod-indeterminate', summary.state === 'running' && summary.progress === null);
    setAttribute(bar, 'aria-valuenow', summary.progress === null ? null : String(Math.round(summary.progress * 100)));
    fill.style.transform = `scaleX(${summary.progress ?? 1})`;
  };
  return { update, dispose: () => host.replaceChildren() };
}

/** What ended is never said to run. */
function stateText({ run, state, failedElsewhere }: RunSummary, { store, trans }: ViewContext): string {
  if (store.isStale) {
    return trans.__('Previous run');
  }
  if (failedElsewhere) {
    return trans.__('Stopped: a later step failed');
  }
  return store.isOver && run.state === 'running' ? trans.__('Saved while running') : stateName(state, trans);
}

/** The step that the run is about, with what ended it there. */
function stepText({ label, failure }: RunSummary): string {
  const reason = failure === null ? '' : visibleText(`: ${failure.message.split('\n')[0] ?? ''}`);
  return `${label ?? ''}${reason}`;
}

/** A figure with its name below it: three of them stand in fixed columns. */
function figure(host: HTMLElement, name: string): { value: HTMLElement; unit: HTMLElement } {
  const box = h('div', 'stemma-Figure');
  const line = h('div', 'stemma-Figure-line');
  const value = h('span', 'stemma-Figure-value', '–');
  const unit = h('span', 'stemma-Figure-unit');
  line.append(value, unit);
  box.append(line, h('div', 'stemma-Figure-name', name));
  host.append(box);
  return { value, unit };
}
