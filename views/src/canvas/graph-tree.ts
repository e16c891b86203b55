import type { DrawnNode } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { setAttribute, type Changed, type View } from '../elements/dom';
import { sameSet } from '../elements/same-set';
import { FrameScheduler } from '../elements/scheduler';
import { nodeIdOf, treeItem, writeFace, writePlace } from './tree-item';

/** How many items are made in a frame, so that the page never stands still. */
const SLICE = 300;

/** What a key does, given the node that has the focus. */
const KEYS: { readonly [key: string]: (tree: GraphTree, id: string) => void } = {
  ArrowDown: (tree, id) => tree.step(id, 1),
  ArrowUp: (tree, id) => tree.step(id, -1),
  ArrowRight: (tree, id) => tree.expand(id),
  ArrowLeft: (tree, id) => tree.collapse(id),
  Home: (tree) => tree.end(0),
  End: (tree) => tree.end(-1),
  Enter: (tree, id) => tree.choose(id),
  ' ': (tree, id) => tree.select(id),
  Escape: (tree) => tree.select(null),
};

/**
 * The drawn graph as a tree of text, outside of the visible page: for screen readers, for the keyboard, and for tests.
 * A canvas can be none of these.
 *
 * The arrow keys go from node to node, Enter selects, Right and Left expand and collapse a group. Each item carries
 * `data-node-id`, `data-type`, `data-state`, `data-items-in` and `data-items-out`, and where it stands in the graph.
 */
export class GraphTree implements View {
  /** `onFocus`: a node got the focus by the keyboard; null: it lost it. `onOpen`: a selected node was chosen again. */
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
    private readonly _onFocus: (id: string | null) => void,
    private readonly _onOpen: (id: string) => void,
  ) {
    const { trans, ui } = _context;
    _host.setAttribute('role', 'tree');
    _host.setAttribute('aria-label', trans.__('Provenance graph'));
    _host.classList.add('stemma-Tree');
    _host.tabIndex = -1;
    _host.addEventListener('click', ({ target }) => {
      const id = nodeIdOf(target);
      if (id !== undefined) {
        ui.select(id);
      }
    });
    // Before the menu opens, also by the keyboard: it is about this node.
    _host.addEventListener('contextmenu', ({ target }) => ui.select(nodeIdOf(target) ?? null));
    _host.addEventListener('focusin', ({ target }) =>
      this._onFocus(isByKey(target) ? (nodeIdOf(target) ?? null) : null),
    );
    _host.addEventListener('focusout', () => this._onFocus(null));
    _host.addEventListener('keydown', (event) => this._onKey(event));
  }

  /** Focus the selected node, or the one that was focused last. */
  focus(): void {
    const { selected } = this._context.ui;
    const isThere = selected !== null && this._items.has(selected);
    this._focus(isThere ? selected : nodeIdOf(this._host.querySelector('[tabindex="0"]')));
  }

  /** Mark which nodes are lit and, where there is an emphasis, which are dimmed for not being in it. */
  mark(lit: ReadonlySet<string>, emphasis: ReadonlySet<string> | null): void {
    if (!sameSet(lit, this._lit) || !sameSet(emphasis, this._emphasis)) {
      this._lit = lit;
      this._emphasis = emphasis;
      this._items.forEach((item, id) => this._mark(item, id));
    }
  }

  update(changed: Changed = null): void {
    const { graph, ui } = this._context;
    if (this._selected !== ui.selected) {
      this._items.get(this._selected ?? '')?.setAttribute('aria-selected', 'false');
      this._selected = ui.selected;
      this._items.get(this._selected ?? '')?.setAttribute('aria-selected', 'true');
    }
    if (this._drawn !== graph.nodes) {
      this._rebuild();
    } else if (changed === null) {
      this._refill();
    } else {
      for (const node of graph.affected(changed)) {
        const item = this._items.get(node.id);
        if (item) {
          writeFace(item, node, this._context);
        }
      }
    }
  }

  dispose(): void {
    this._slices.dispose();
    this._host.replaceChildren();
  }

  select(id: string | null): void {
    this._context.ui.select(id);
  }

  /** Select a node; a second time, open it. */
  choose(id: string): void {
    if (this._context.ui.selected === id) {
      this._onOpen(id);
    } else {
      this.select(id);
    }
  }

  /** Focus the node that many places further on. */
  step(id: string, by: 1 | -1): void {
    const order = this._order();
    this._focus(order[order.indexOf(id) + by]);
  }

  /** Focus the first node (0), or the last (-1). */
  end(which: 0 | -1): void {
    this._focus(this._order().at(which));
  }

  /** Expand the group of a node; where it is expanded, or there is none, go to a node below. */
  expand(id: string): void {
    const { graph } = this._context;
    const group = graph.groupOf(id);
    if (group !== undefined && !graph.isOpen(group)) {
      const member = graph.node(id)?.members[0];
      this._toggle(group, member);
    } else {
      this._focus(graph.nodes.find(({ parents }) => parents.includes(id))?.id);
    }
  }

  /** Collapse the group of a node; where it is collapsed, or there is none, go to a node above. */
  collapse(id: string): void {
    const { graph } = this._context;
    const group = graph.groupOf(id);
    if (group !== undefined && graph.isOpen(group)) {
      this._toggle(group, group);
    } else {
      this._focus(graph.node(id)?.parents[0]);
    }
  }

  private _onKey(event: KeyboardEvent): void {
    const id = nodeIdOf(event.target);
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    if (act && id !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      act(this, id);
    }
  }

  private _toggle(group: string, focused: string | undefined): void {
    this._context.graph.toggle(group);
    this.update();
    this._focus(focused);
  }

  /** Ids of the nodes that are in the tree, in its order. */
  private _order(): string[] {
    return this._context.graph.nodes.map(({ id }) => id).filter((id) => this._items.get(id)?.isConnected);
  }

  private _focus(id: string | undefined): void {
    const item = id === undefined ? undefined : this._items.get(id);
    this._awaited = item || this._done === this._context.graph.nodes.length ? undefined : id;
    if (item) {
      for (const other of this._items.values()) {
        other.tabIndex = -1;
      }
      item.tabIndex = 0;
      item.focus({ preventScroll: true });
    }
  }

  private _mark(item: HTMLElement, id: string): void {
    setAttribute(item, 'data-lit', this._lit.has(id) ? 'true' : null);
    setAttribute(item, 'data-dimmed', this._emphasis !== null && !this._emphasis.has(id) ? 'true' : null);
  }

  /** Remove the items of nodes that are gone, then bring all others in step with the graph. */
  private _rebuild(): void {
    this._drawn = this._context.graph.nodes;
    const wanted = new Set(this._drawn.map((node) => node.id));
    for (const [id, item] of this._items) {
      if (!wanted.has(id)) {
        item.remove();
        this._items.delete(id);
      }
    }
    this._refill();
    const first = this._host.firstElementChild;
    if (first instanceof HTMLElement && !this._host.querySelector('[tabindex="0"]')) {
      first.tabIndex = 0;
    }
  }

  private _refill(): void {
    this._done = 0;
    this._next = this._host.firstElementChild;
    this._fill();
  }

  private _fill(): void {
    const { nodes } = this._context.graph;
    for (const end = Math.min(this._done + SLICE, nodes.length); this._done < end; this._done++) {
      this._place(nodes[this._done] as DrawnNode);
    }
    if (this._done < nodes.length) {
      this._slices.request();
    }
  }

  private _place(node: DrawnNode): void {
    const { graph } = this._context;
    let item = this._items.get(node.id);
    if (!item) {
      item = treeItem(node);
      this._items.set(node.id, item);
    }
    if (this._next === item) {
      this._next = item.nextElementSibling;
    } else {
      const { activeElement, body } = document;
      // What is moved loses the focus.
      const isFocused = activeElement === item || (activeElement === body && node.id === this._awaited);
      this._host.insertBefore(item, this._next);
      if (isFocused) {
        this._focus(node.id);
      }
    }
    writePlace(item, node, graph);
    this._mark(item, node.id);
    setAttribute(item, 'aria-selected', String(node.id === this._selected));
    writeFace(item, node, this._context);
  }

  private readonly _items = new Map<string, HTMLElement>();
  private readonly _slices = new FrameScheduler(() => this._fill());
  private _drawn: readonly DrawnNode[] | null = null;
  private _selected: string | null = null;
  private _lit: ReadonlySet<string> = new Set();
  private _emphasis: ReadonlySet<string> | null = null;
  /** How far the tree is in step with the graph, and the item that stands there. */
  private _done = 0;
  private _next: Element | null = null;
  /** What gets the focus as soon as it is in the tree, unless something else has it then. */
  private _awaited: string | undefined;
}

/** A click leaves no mark of focus, as elsewhere in a page. */
function isByKey(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(':focus-visible');
}
