import { describeNode, endsOf, type NodeFace } from '../graph/describe';
import type { DrawnNode } from '../graph/fold';
import type { Translate, ViewContext } from '../elements/context';
import { h, setAttribute, setText, type View } from '../elements/dom';
import { sameSet } from '../elements/same-set';
import { FrameScheduler } from '../elements/scheduler';
import { stateName } from '../elements/state-names';

/** How many items are made in a frame, so that the page never stands still. */
const SLICE = 300;

/** The tree, which has the keyboard's focus for the canvas. */
export interface GraphTree extends View {
  /** Focus the selected node, or the one that was focused last. */
  focus(): void;
  /** Say which nodes are lit and, where there is an emphasis, which are dimmed for not being in it. */
  mark(lit: ReadonlySet<string>, emphasis: ReadonlySet<string> | null): void;
}

/**
 * The drawn graph as a tree of text, outside of the visible page: for screen readers, for the keyboard, and for tests. A canvas can be none of these.
 *
 * The arrow keys go from node to node, Enter selects, Right and Left open and close a fold. Each item carries `data-node-id`, `data-type`, `data-state`,
 * `data-items-in` and `data-items-out`, and where it stands in the graph.
 */
export function graphTree(
  host: HTMLElement,
  context: ViewContext,
  onFocus: (id: string | null) => void,
  onOpen: (id: string) => void,
): GraphTree {
  const { graph, store, trans, ui } = context;
  host.setAttribute('role', 'tree');
  host.setAttribute('aria-label', trans.__('Provenance graph'));
  host.classList.add('stemma-Tree');
  host.tabIndex = -1;
  const items = new Map<string, HTMLElement>();
  let drawn: readonly DrawnNode[] | null = null;
  let selected: string | null = null;
  let lit: ReadonlySet<string> = new Set();
  let emphasis: ReadonlySet<string> | null = null;
  /** How far the tree is in step with the graph, and the item that stands there. */
  let done = 0;
  let next: Element | null = null;

  const markItem = (item: HTMLElement, id: string): void => {
    setAttribute(item, 'data-lit', lit.has(id) ? 'true' : null);
    setAttribute(item, 'data-dimmed', emphasis !== null && !emphasis.has(id) ? 'true' : null);
  };
  /** What gets the focus as soon as it is in the tree, unless something else has it then. */
  let awaited: string | undefined;
  const focus = (id: string | undefined): void => {
    const item = id === undefined ? undefined : items.get(id);
    awaited = item || done === graph.nodes.length ? undefined : id;
    if (item) {
      for (const other of items.values()) {
        other.tabIndex = -1;
      }
      item.tabIndex = 0;
      item.focus({ preventScroll: true });
    }
  };
  const fillAnew = (): void => {
    done = 0;
    next = host.firstElementChild;
    fill();
  };
  const fill = (): void => {
    const nodes = graph.nodes;
    for (const end = Math.min(done + SLICE, nodes.length); done < end; done++) {
      place(nodes[done] as DrawnNode);
    }
    if (done < nodes.length) {
      slices.request();
    }
  };
  const slices = new FrameScheduler(fill);
  const place = (node: DrawnNode): void => {
    let item = items.get(node.id);
    if (!item) {
      item = treeItem(node);
      items.set(node.id, item);
    }
    if (next === item) {
      next = item.nextElementSibling;
    } else {
      const { activeElement, body } = document;
      // What is moved loses the focus.
      const isFocused = activeElement === item || (activeElement === body && node.id === awaited);
      host.insertBefore(item, next);
      if (isFocused) {
        focus(node.id);
      }
    }
    const fold = graph.foldOf(node.id);
    const spot = graph.layout.places.get(node.id);
    setAttribute(item, 'aria-level', String((spot?.rank ?? 0) + 1));
    setAttribute(item, 'data-x', String(spot?.x));
    setAttribute(item, 'data-y', String(spot?.y));
    markItem(item, node.id);
    setAttribute(item, 'aria-expanded', fold === undefined ? null : String(graph.isOpen(fold)));
    setAttribute(item, 'aria-selected', String(node.id === selected));
    write(item, node);
  };
  const rebuild = (): void => {
    drawn = graph.nodes;
    const wanted = new Set(drawn.map((node) => node.id));
    for (const [id, item] of items) {
      if (!wanted.has(id)) {
        item.remove();
        items.delete(id);
      }
    }
    fillAnew();
    const first = host.firstElementChild;
    if (first instanceof HTMLElement && !host.querySelector('[tabindex="0"]')) {
      first.tabIndex = 0;
    }
  };
  const write = (item: HTMLElement, node: DrawnNode): void => {
    const face = describeNode(node, store);
    if (!face) {
      return;
    }
    setText(item, itemText(node, face, trans));
    setAttribute(item, 'data-state', face.state);
    setAttribute(item, 'data-label', face.label);
    setAttribute(item, 'data-kind', face.kind);
    setAttribute(item, 'data-count', String(face.count));
    const { first, last } = endsOf(node, store);
    const streams = node.type === 'artifact' ? node.members.flatMap((id) => store.artifacts.get(id) ?? []) : [];
    const itemsIn = first.reduce((sum, process) => sum + process.execution.itemsIn, 0);
    const itemsOut =
      last.reduce((sum, process) => sum + process.execution.itemsOut, 0) +
      streams.reduce((sum, artifact) => sum + artifact.execution.currentItems, 0);
    setAttribute(item, 'data-items-in', String(itemsIn));
    setAttribute(item, 'data-items-out', String(itemsOut));
  };

  host.addEventListener('click', (event) => {
    const id = idOf(event.target);
    if (id !== undefined) {
      ui.select(id);
    }
  });
  // Before the menu opens, also by the keyboard: it is about this node.
  host.addEventListener('contextmenu', (event) => ui.select(idOf(event.target) ?? null));
  // A click leaves no mark of focus, as elsewhere in a page.
  const isByKey = (target: EventTarget | null): boolean =>
    target instanceof Element && target.matches(':focus-visible');
  host.addEventListener('focusin', ({ target }) => onFocus(isByKey(target) ? (idOf(target) ?? null) : null));
  host.addEventListener('focusout', () => onFocus(null));
  host.addEventListener('keydown', (event) => {
    const id = idOf(event.target);
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const order = graph.nodes.map((node) => node.id).filter((key) => items.get(key)?.isConnected);
    const at = order.indexOf(id);
    const fold = graph.foldOf(id);
    const toggle = (open: boolean): void => {
      if (fold !== undefined && graph.isOpen(fold) !== open) {
        const member = graph.node(id)?.members[0];
        graph.toggle(fold);
        view.update();
        focus(open ? member : fold);
      }
    };
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => focus(order[at + 1]),
      ArrowUp: () => focus(order[at - 1]),
      ArrowRight: () => (fold !== undefined && !graph.isOpen(fold) ? toggle(true) : focus(childOf(graph.nodes, id))),
      ArrowLeft: () => (fold !== undefined && graph.isOpen(fold) ? toggle(false) : focus(graph.node(id)?.parents[0])),
      Home: () => focus(order[0]),
      End: () => focus(order[order.length - 1]),
      Enter: () => (ui.selected === id ? onOpen(id) : ui.select(id)),
      ' ': () => ui.select(id),
      Escape: () => ui.select(null),
    };
    const action = keys[event.key];
    if (action) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  });

  const view: GraphTree = {
    focus: () =>
      focus(items.has(ui.selected ?? '') ? (ui.selected as string) : idOf(host.querySelector('[tabindex="0"]'))),
    mark: (nowLit, nowEmphasis) => {
      if (!sameSet(nowLit, lit) || !sameSet(nowEmphasis, emphasis)) {
        lit = nowLit;
        emphasis = nowEmphasis;
        items.forEach(markItem);
      }
    },
    update: (changed = null) => {
      if (selected !== ui.selected) {
        items.get(selected ?? '')?.setAttribute('aria-selected', 'false');
        selected = ui.selected;
        items.get(selected ?? '')?.setAttribute('aria-selected', 'true');
      }
      if (drawn !== graph.nodes) {
        rebuild();
      } else if (changed === null) {
        fillAnew();
      } else {
        for (const node of graph.affected(changed)) {
          const item = items.get(node.id);
          if (item) {
            write(item, node);
          }
        }
      }
    },
    dispose: () => {
      slices.dispose();
      host.replaceChildren();
    },
  };
  return view;
}

function itemText(node: DrawnNode, face: NodeFace, trans: Translate): string {
  const count = face.count > 1 ? ` ×${face.count}` : '';
  return node.type === 'process'
    ? `${face.label}${count}, ${face.kind}, ${stateName(face.state, trans)}`
    : `${trans.__('stream of %1', face.label)}${count}, ${face.detail}`;
}

function treeItem(node: DrawnNode): HTMLElement {
  const item = h('div');
  item.setAttribute('role', 'treeitem');
  item.dataset['nodeId'] = node.id;
  item.dataset['type'] = node.type;
  item.tabIndex = -1;
  return item;
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset['nodeId'] : undefined;
}

function childOf(nodes: readonly DrawnNode[], id: string): string | undefined {
  return nodes.find((node) => node.parents.includes(id))?.id;
}
