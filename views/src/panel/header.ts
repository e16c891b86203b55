import { formatCount, formatLength, formatRate, visibleText } from 'stemma-document';
import { type RunSummary, summarise } from '../model/summary';
import type { Translate, ViewContext } from '../elements/context';
import { emptyKind } from './empty';
import { h, setText, type View } from '../elements/dom';
import { setStateIcon, stateIcon } from '../elements/icons';
import { stateName } from '../elements/state-names';
import { ProgressBar } from './progress-bar';
import { runSelect } from './run-select';

/** A run that is younger has no estimate of what is left. */
const ESTIMATE_AFTER_MS = 2000;

/** The head of the panel: what runs, its progress and its rate. Its height never changes. */
export function headerView(host: HTMLElement, context: ViewContext, toolbar: HTMLElement): View {
  const { store, trans } = context;
  const title = new RunTitle(context, toolbar);
  const bar = new ProgressBar(trans.__('Progress of the run'));
  const figures = h('div', 'stemma-Figures stemma-Header-figures');
  const drawn = FIGURES.map(({ name, meaning, of }) => ({
    of,
    figure: new HeaderFigure(figures, name(trans), meaning(trans)),
  }));
  const choice = h('div', 'stemma-Figure stemma-Header-runs');
  figures.append(choice);
  const runs = runSelect(choice, context);
  choice.append(h('div', 'stemma-Figure-name', trans.__('numbers of')));
  host.classList.add('stemma-Header');
  host.append(title.element, bar.element, figures);

  return {
    update: () => {
      const summary = summarise(store);
      host.hidden = emptyKind(store) !== null;
      runs.update();
      title.set(summary);
      drawn.forEach(({ of, figure }) => figure.set(...(summary ? of(summary, context) : NO_FIGURE)));
      if (summary) {
        bar.set(summary.state, summary.progress);
      } else {
        bar.clear();
      }
    },
    dispose: () => host.replaceChildren(),
  };
}

/** The state of the run, and the step that it is about. */
class RunTitle {
  constructor(
    private readonly _context: ViewContext,
    toolbar: HTMLElement,
  ) {
    // Spoken politely, and only when the state changes: counts would never end.
    this._state.setAttribute('role', 'status');
    const { graph, ui } = _context;
    this._step.type = 'button';
    this._step.addEventListener('click', () => ui.select(graph.drawnFor(this._stepId ?? '')?.id ?? null));
    this.element.append(this._icon, this._state, this._step, toolbar);
  }

  readonly element = h('div', 'stemma-Header-title');

  set(summary: RunSummary | null): void {
    const { store, trans } = this._context;
    if (!summary) {
      setStateIcon(this._icon, 'new');
      setText(this._state, store.isStale ? trans.__('Previous session') : trans.__('Not run yet'));
      setText(this._step, '');
      return;
    }
    setStateIcon(this._icon, summary.state);
    setText(this._state, stateText(summary, this._context));
    this._stepId = summary.step?.id ?? null;
    const step = stepText(summary);
    setText(this._step, step);
    this._step.title = step;
  }

  private readonly _icon = stateIcon();
  private readonly _state = h('span', 'stemma-Header-state');
  private readonly _step = h('button', 'stemma-Header-sink');
  private _stepId: string | null = null;
}

/** `name`: where it is another one than usual. */
type FigureText = readonly [value: string, unit: string, name?: string];

const NO_FIGURE: FigureText = ['–', ''];

/** The figures of a run, in fixed columns. */
const FIGURES: readonly {
  name(trans: Translate): string;
  /** What the name means, in a sentence. */
  meaning(trans: Translate): string;
  of(summary: RunSummary, context: ViewContext): FigureText;
}[] = [
  {
    name: (trans) => trans.__('items'),
    meaning: (trans) =>
      trans.__(
        'Items, or batches of them, that the run delivered at its end; read: what its sources emitted, also what was on the way when it ended',
      ),
    of: itemsText,
  },
  {
    name: (trans) => trans.__('elapsed'),
    meaning: (trans) => trans.__('From the start of the run to its end, or until now: the time on the clock'),
    of: elapsedText,
  },
  {
    name: (trans) => trans.__('rate'),
    meaning: (trans) => trans.__('Items, or batches, that the run delivered a second, on average over its time'),
    of: ({ perSecond }) => [formatRate(perSecond), ''],
  },
];

function itemsText({ items, read, batched, length, state }: RunSummary, { trans }: ViewContext): FigureText {
  const isCut = state === 'failed' || state === 'aborted' || state === 'stopped';
  if (isCut && batched === null && read > items) {
    return [formatCount(items), trans.__('of %1 read', formatCount(read)), trans.__('items delivered')];
  }
  const isKnown = length.kind === 'exact' || length.kind === 'atMost';
  const of = isKnown && state !== 'complete' ? formatLength(length) : null;
  if (batched === null) {
    return [formatCount(items), of === null ? '' : trans.__('of %1', of)];
  }
  const unit = of === null ? trans.__('batches') : trans.__('of %1 batches', of);
  return [formatCount(items), unit, trans.__('%1 items', formatCount(batched))];
}

function elapsedText({ elapsedMs, remainingMs, state }: RunSummary, { durations, trans }: ViewContext): FigureText {
  const elapsed = state === 'running' ? durations.elapsed(elapsedMs) : durations.format(elapsedMs);
  if (remainingMs === null || elapsedMs <= ESTIMATE_AFTER_MS) {
    return [elapsed, ''];
  }
  const remaining = durations.elapsed(Math.round(remainingMs / 1000) * 1000).replace('.0', '');
  return [elapsed, trans.__('%1 left', `~${remaining}`)];
}

/** A run that has ended is never shown as running. */
function stateText({ run, state, failedElsewhere }: RunSummary, { store, trans }: ViewContext): string {
  if (store.isStale) {
    return trans.__('Previous run');
  }
  if (failedElsewhere) {
    return trans.__('Stopped: a later step failed');
  }
  return store.isOver && run.state === 'running' ? trans.__('Saved while running') : stateName(state, trans);
}

/** The step that the run is about, with what ended it. */
function stepText({ label, failure }: RunSummary): string {
  const reason = failure === null ? '' : visibleText(`: ${failure.message.split('\n')[0] ?? ''}`);
  return `${label ?? ''}${reason}`;
}

/** A figure with its unit beside it and its name below it. */
class HeaderFigure {
  constructor(
    host: HTMLElement,
    private readonly _usualName: string,
    meaning: string,
  ) {
    const name = this._usualName;
    const box = h('div', 'stemma-Figure');
    box.title = meaning;
    const line = h('div', 'stemma-Figure-line');
    line.append(this._value, this._unit);
    this._name = h('div', 'stemma-Figure-name', name);
    box.append(line, this._name);
    host.append(box);
  }

  set(value: string, unit: string, name = this._usualName): void {
    setText(this._name, name);
    setText(this._value, value);
    setText(this._unit, unit);
  }

  private readonly _name: HTMLElement;
  private readonly _value = h('span', 'stemma-Figure-value', '–');
  private readonly _unit = h('span', 'stemma-Figure-unit');
}
