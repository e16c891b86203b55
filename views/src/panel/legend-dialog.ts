import type { KeyHelp, ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { iconButton, matchIcon, setStateIcon, stateIcon } from '../elements/icons';
import { matchMeaning, matchName } from '../elements/match-names';
import { section } from '../elements/section';
import { stateName } from '../elements/state-names';
import { MATCHES } from '../model/comparison';
import { legendSign, type Sign } from './legend-signs';

/** What a sign means. */
type Meaning = readonly [sign: Sign, meaning: string];

const STATES = ['new', 'running', 'complete', 'stopped', 'failed', 'aborted'] as const;

/**
 * The overlay that `?` opens: what shapes, states, colours and keys mean. Escape closes it, and the focus goes back to
 * where it was.
 */
export class LegendDialog {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
  ) {}

  get isOpen(): boolean {
    return this._element !== null;
  }

  open(): void {
    if (this._element) {
      return;
    }
    const { trans } = this._context;
    this._before = document.activeElement;
    const dialog = h('div', 'stemma-LegendDialog');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-label', trans.__('Legend and keys'));
    const head = h('div', 'stemma-LegendDialog-head');
    const close = iconButton('close', trans.__('Close legend (Escape)'), () => this.close());
    head.append(h('h2', '', trans.__('Legend and keys')), close);
    const body = h('div', 'stemma-LegendDialog-body');
    // It scrolls, so that the keyboard has to reach it.
    body.tabIndex = 0;
    const columns = h('div', 'stemma-LegendDialog-columns');
    columns.append(
      section(trans.__('Shapes'), this._meanings(this._shapes())),
      this._context.comparison === null
        ? section(trans.__('States'), this._states())
        : section(trans.__('Differences'), this._matches()),
      section(trans.__('Marks'), this._meanings(this._marks())),
      section(trans.__('Keys'), this._keys()),
    );
    body.append(columns);
    dialog.append(head, body);
    dialog.addEventListener('keydown', (event) => this._onKey(event, [close, body]));
    this._host.append(dialog);
    this._element = dialog;
    close.focus();
  }

  close(): void {
    this._element?.remove();
    this._element = null;
    if (this._before instanceof HTMLElement && this._before.isConnected) {
      this._before.focus();
    }
  }

  private _onKey(event: KeyboardEvent, stops: readonly HTMLElement[]): void {
    // What happens here is no business of the graph below.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === '?') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      stops.find((stop) => stop !== document.activeElement)?.focus();
    }
  }

  private _shapes(): readonly Meaning[] {
    const { trans } = this._context;
    return [
      ['step', trans.__('a step of the pipeline')],
      ['pile', trans.__('several steps that are alike; a double click opens them')],
      ['stream', trans.__('a stream of items: their number and their fields')],
      ['value', trans.__('one value, such as a count or an array')],
      ['edge', trans.__('items go this way; the wider, the more')],
      ['uses', trans.__('the step uses this value')],
      ['loss', trans.__('this many items were left out: skipped because they failed, or dropped by a filter')],
    ];
  }

  private _marks(): readonly Meaning[] {
    const { trans } = this._context;
    return [
      ['selected', trans.__('selected, or found by the search')],
      ['lit', trans.__('made by the active cell')],
      ['outdated', trans.__('outdated: its cell has run again')],
      ['frame', trans.__('the members of an open group')],
    ];
  }

  private _meanings(meanings: readonly Meaning[]): HTMLElement {
    const list = h('dl', 'stemma-LegendDialog-list');
    for (const [sign, meaning] of meanings) {
      const term = h('dt');
      term.append(legendSign(sign));
      list.append(term, h('dd', '', meaning));
    }
    return list;
  }

  private _states(): HTMLElement {
    const list = h('dl', 'stemma-LegendDialog-list');
    for (const state of STATES) {
      const icon = stateIcon();
      setStateIcon(icon, state);
      const term = h('dt');
      term.append(icon);
      list.append(term, h('dd', '', stateName(state, this._context.trans)));
    }
    return list;
  }

  private _matches(): HTMLElement {
    const { trans } = this._context;
    const list = h('dl', 'stemma-LegendDialog-list');
    for (const match of MATCHES) {
      const term = h('dt');
      term.append(matchIcon(match));
      list.append(term, h('dd', '', `${matchName(match, trans)}: ${matchMeaning(match, trans)}`));
    }
    return list;
  }

  private _keys(): HTMLElement {
    const { actions, trans } = this._context;
    const own: readonly KeyHelp[] = [
      { keys: ['↑', '↓', 'Home', 'End'], label: trans.__('From node to node') },
      { keys: ['→', '←'], label: trans.__('Open or close a group') },
      { keys: ['Enter'], label: trans.__('Select; a second time, open') },
      { keys: ['/'], label: trans.__('Find steps') },
      { keys: ['?'], label: trans.__('Show this legend') },
      { keys: ['Esc'], label: trans.__('Close the search or this legend') },
    ];
    const list = h('dl', 'stemma-LegendDialog-list stemma-mod-keys');
    const known = new Set(own.flatMap(({ keys }) => keys));
    const others = actions.keys?.().filter(({ keys }) => !keys.some((key) => known.has(key))) ?? [];
    for (const { keys, label } of [...own, ...others]) {
      const term = h('dt');
      term.append(...keys.map((key) => h('kbd', '', key)));
      list.append(term, h('dd', '', label));
    }
    return list;
  }

  private _element: HTMLElement | null = null;
  private _before: Element | null = null;
}
