import { describeNode } from '../graph/describe';
import type { DrawnNode } from '../graph/fold';
import { processesOf } from '../graph/describe';
import type { ViewContext } from './context';
import { h, setAttribute, setText, type View } from './dom';
import { stateName } from './state-names';

/**
 * The drawn graph as a tree of text, outside of the visible page: for screen readers, for the keyboard, and for tests. A canvas can be none of these.
 *
 * The arrow keys go from node to node, Enter selects, Right and Left open and close a fold. Each item carries `data-node-id`, `data-type`, `data-state`,
 * `data-items-in` and `data-items-out`.
 */
export function graphTree(
  host: HTMLElement,
  context: ViewContext,
  onFocus: (id: string | null) => void,
  onOpen: (id: string) => void,
): View {
  const { graph, store, trans, ui } = context;
  host.setAttribute('role', 'tree');
  host.setAttribute('aria-label', trans.__('Provenance graph'));
  host.classList.add('stemma-Tree');
  const items = new Map<string, HTMLElement>();
  let drawn: readonly DrawnNode[] | null = null;
  let selected: string | null = null;

  const focus = (id: string | undefined): void => {
    const item = id === undefined ? undefined : items.get(id);
    if (item) {
      for (const other of items.values()) {
        other.tabIndex = -1;
      }
      item.tabIndex = 0;
      item.focus();
    }
  };
  const rebuild = (): void => {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['nodeId'] : undefined;
    drawn = graph.nodes;
    const wanted = new Set(drawn.map((node) => node.id));
    for (const [id, item] of items) {
      if (!wanted.has(id)) {
        item.remove();
        items.delete(id);
      }
    }
    drawn.forEach((node, i) => {
      let item = items.get(node.id);
      if (!item) {
        item = treeItem(node);
        items.set(node.id, item);
      }
      if (host.children[i] !== item) {
        host.insertBefore(item, host.children[i] ?? null);
      }
      const rank = graph.layout.places.get(node.id)?.rank ?? 0;
      item.setAttribute('aria-level', String(rank + 1));
      const fold = graph.foldOf(node.id);
      setAttribute(item, 'aria-expanded', fold === undefined ? null : String(graph.isOpen(fold)));
    });
    const first = host.firstElementChild;
    if (first instanceof HTMLElement && !host.querySelector('[tabindex="0"]')) {
      first.tabIndex = 0;
    }
    if (focused !== undefined && items.has(focused)) {
      focus(focused);
    }
  };

  host.addEventListener('click', (event) => {
    const id = idOf(event.target);
    if (id !== undefined) {
      ui.select(id);
    }
  });
  host.addEventListener('focusin', (event) => onFocus(idOf(event.target) ?? null));
  host.addEventListener('focusout', () => onFocus(null));
  host.addEventListener('keydown', (event) => {
    const id = idOf(event.target);
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const all = [...items.keys()].filter((key) => items.get(key)?.isConnected);
    const order = graph.nodes.map((node) => node.id).filter((key) => all.includes(key));
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

  const view: View = {
    update: (changed = null) => {
      const isNew = drawn !== graph.nodes;
      if (isNew) {
        rebuild();
      }
      if (selected !== ui.selected) {
        items.get(selected ?? '')?.setAttribute('aria-selected', 'false');
        selected = ui.selected;
        items.get(selected ?? '')?.setAttribute('aria-selected', 'true');
      }
      for (const node of graph.affected(isNew ? null : changed)) {
        const item = items.get(node.id);
        const face = describeNode(node, store);
        if (item && face) {
          setText(item, itemText(node, context));
          setAttribute(item, 'data-state', face.state);
          setAttribute(item, 'data-label', face.label);
          setAttribute(item, 'data-kind', face.kind);
          setAttribute(item, 'data-count', String(face.count));
          const processes = processesOf(node, store);
          const artifacts = node.members.flatMap((id) => store.artifacts.get(id) ?? []);
          const itemsIn = processes.reduce((sum, p) => sum + p.execution.itemsIn, 0);
          const itemsOut =
            processes.reduce((sum, p) => sum + p.execution.itemsOut, 0) +
            artifacts.reduce((sum, a) => sum + a.execution.currentItems, 0);
          setAttribute(item, 'data-items-in', String(itemsIn));
          setAttribute(item, 'data-items-out', String(itemsOut));
        }
      }
    },
    dispose: () => host.replaceChildren(),
  };
  return view;

  function itemText(node: DrawnNode, { trans: t }: ViewContext): string {
    const face = describeNode(node, store);
    if (!face) {
      return node.id;
    }
    const count = face.count > 1 ? ` ×${face.count}` : '';
    return node.type === 'process'
      ? `${face.label}${count}, ${face.kind}, ${stateName(face.state, t)}`
      : `${t.__('stream of %1', face.label)}${count}, ${face.detail}`;
  }
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
