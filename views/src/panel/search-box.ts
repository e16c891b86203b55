import { search } from '../graph/search';
import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { iconButton } from '../elements/icons';

/** The box that `/` opens over the graph: hits stay bright, everything else is dimmed; Enter goes from hit to hit. */
export class SearchBox implements View {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
    private readonly _reveal: (id: string) => void,
    /** The search has ended, and the focus needs a place. */
    private readonly _onClose: () => void,
  ) {
    const { trans } = _context;
    _host.className = 'stemma-Search';
    _host.setAttribute('role', 'search');
    _host.hidden = true;
    this._input = h('input', 'stemma-Search-input');
    this._input.type = 'search';
    this._input.placeholder = trans.__('Find steps');
    this._input.setAttribute('aria-label', trans.__('Find steps'));
    this._count = h('span', 'stemma-Search-count');
    this._count.setAttribute('role', 'status');
    const close = iconButton('close', trans.__('Close search'), () => this.close());
    _host.append(this._input, this._count, close);
    this._input.addEventListener('input', () => {
      this._at = -1;
      this._context.ui.changed.emit();
    });
    this._input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.close();
      } else if (event.key === 'Enter') {
        this._go(event.shiftKey ? -1 : 1);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Ids of the hits; null while nothing is searched for. */
  get hits(): readonly string[] | null {
    const { graph, store } = this._context;
    return this._host.hidden || this._input.value.trim() === '' ? null : search(this._input.value, graph.nodes, store);
  }

  /** How much it covers of the top of the graph, in pixels. */
  get height(): number {
    return this._host.hidden ? 0 : this._host.offsetTop + this._host.offsetHeight;
  }

  open(): void {
    this._host.hidden = false;
    this._input.focus();
    this._input.select();
    this._context.ui.changed.emit();
  }

  close(): void {
    const hadFocus = this._host.contains(document.activeElement);
    this._host.hidden = true;
    this._context.ui.changed.emit();
    if (hadFocus) {
      this._onClose();
    }
  }

  update(): void {
    const { hits } = this;
    const { trans } = this._context;
    setText(
      this._count,
      hits === null
        ? ''
        : hits.length === 0
          ? trans.__('no matches')
          : this._at >= 0
            ? trans.__('%1 of %2', this._at + 1, hits.length)
            : String(hits.length),
    );
  }

  dispose(): void {
    this._host.replaceChildren();
  }

  private _go(step: number): void {
    const hits = this.hits ?? [];
    if (hits.length > 0) {
      this._at = this._at < 0 && step < 0 ? hits.length - 1 : (this._at + step + hits.length) % hits.length;
      const id = hits[this._at] as string;
      this._context.ui.select(id);
      this._context.ui.changed.emit();
      this._reveal(id);
    }
  }

  private readonly _input: HTMLInputElement;
  private readonly _count: HTMLElement;
  private _at = -1;
}
