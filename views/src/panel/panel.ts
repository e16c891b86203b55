import { summarise } from '../model/summary';
import type { ViewContext } from '../elements/context';
import { h, setAttribute, type View } from '../elements/dom';
import { emphasised, madeByActiveCell } from './emphasis';
import { emptyKind, emptyView } from './empty';
import { FailureGuide } from './failure-guide';
import { GraphCanvas } from '../canvas/graph-canvas';
import { GraphTree } from '../canvas/graph-tree';
import { keepSelection } from '../graph/keep-selection';
import { toMermaid } from 'stemma-document';
import { toPicture, type Picture } from '../graph/svg';
import { shades } from '../graph/heat';
import { headerView } from './header';
import { legendView } from '../canvas/legend';
import { noticeView } from './notice';
import { panelToolbar } from './panel-toolbar';
import { FrameScheduler, LONG_MS } from '../elements/scheduler';
import { SearchBox } from './search-box';
import { SlicedDrawing } from './sliced-drawing';
import { splitter } from './splitter';
import { tabsView } from './tabs';
import { inkOf, readTheme } from '../canvas/theme';

/** How often the clock of a running pipeline is drawn, in milliseconds. */
const TICK_MS = 200;

/**
 * The whole panel: head, graph, details. It draws into an element, and does nothing while it is hidden.
 *
 * Life cycle: `show` and `hide` follow the host; changes of the models are drawn in the next animation frame; `dispose` frees everything but the models,
 * which are the host's.
 */
export class PanelView {
  constructor(host: HTMLElement, context: ViewContext) {
    this._host = host;
    this._context = context;
    this._failures = new FailureGuide(context, (id) => this.canvas.reveal(id));
    host.classList.add('stemma-Root', 'stemma-Panel');
    const head = h('div');
    const empty = h('div');
    const graph = h('div');
    const tree = h('div');
    const toolbar = h('div');
    const divider = h('div');
    const lower = h('div');
    this._body = h('div', 'stemma-Body');
    const stage = h('div', 'stemma-Stage');
    const searching = h('div');
    const notice = h('div');
    const legend = h('div');
    stage.append(tree, graph, legend, notice, searching);
    this._body.append(stage, divider, lower);
    host.replaceChildren(head, empty, this._body);

    this.canvas = new GraphCanvas(graph, context);
    const open = (id: string): void => this._open(id);
    this.canvas.onOpen = open;
    this._search = new SearchBox(
      searching,
      context,
      (id) => this.canvas.reveal(id),
      () => this.focus(),
    );
    this._tree = new GraphTree(tree, context, (id) => (this.canvas.focused = id), open);
    this.canvas.onTap = () => this._tree.focus();
    this._views = [
      headerView(head, context, toolbar),
      emptyView(empty, context),
      this.canvas,
      this._tree,
      panelToolbar(toolbar, context, {
        fit: () => this.canvas.fit(),
        tidy: () => void this.tidy(),
        find: () => this._search.open(),
      }),
      noticeView(notice, context),
      legendView(legend, context),
      this._search,
      splitter(divider, stage, context.trans),
      tabsView(lower, context),
    ];
    host.addEventListener('keydown', this._onKey);
    this._applyPreferences();
    const request = (): void => this.update();
    this._stops = [
      context.store.changed.on((change) => {
        this._note(change.ids);
        this._drawSoon();
      }),
      context.ui.changed.on(request),
      context.preferences.changed.on(() => this._applyPreferences()),
      context.graph.changed.on(() => {
        this._changed = null;
        this.update();
      }),
    ];
    // Drawn at once: what is known is on the page as soon as the panel is.
    try {
      this._draw();
    } catch (error) {
      // Nobody gets this view, so nobody else could stop it.
      this.dispose();
      throw error;
    }
  }

  readonly canvas: GraphCanvas;

  /** Draw in the next frame. */
  update(): void {
    if (this._isShown) {
      this._scheduler.request();
    }
  }

  /** Show the whole graph. */
  fit(): void {
    this.canvas.fit();
  }

  /** Lay out anew; the camera stays. */
  async tidy(): Promise<void> {
    const place = await this._context.graph.tidy();
    this.canvas.holding(place);
  }

  /** Give the keyboard to the graph: to what is selected, or to where the focus was last. */
  focus(): void {
    this._tree.focus();
  }

  /** Open the search. */
  find(): void {
    this._search.open();
  }

  /** The whole graph as a picture, in the colours of the theme. */
  picture(): Picture {
    const { graph, preferences, store } = this._context;
    const coloured = shades(graph.nodes, store, preferences.current.colorBy);
    return toPicture(graph.nodes, graph.layout, store, inkOf(readTheme(this._host)), coloured);
  }

  /** The whole graph as an SVG. */
  svg(): string {
    const picture = this.picture();
    return picture.toSvg(picture);
  }

  /** The whole graph as a Mermaid flowchart. */
  mermaid(): string {
    return toMermaid(this._context.graph.nodes, this._context.store);
  }

  show(): void {
    this._isShown = true;
    this.update();
  }

  hide(): void {
    this._isShown = false;
  }

  dispose(): void {
    this._host.removeEventListener('keydown', this._onKey);
    this._scheduler.dispose();
    this._drawing.dispose();
    clearTimeout(this._tick);
    clearTimeout(this._soon);
    this._stops.forEach((stop) => stop());
    this._views.forEach((view) => view.dispose());
    this._host.replaceChildren();
  }

  private _draw(): void {
    if (!this._isShown) {
      return;
    }
    if (this._drawing.goOn()) {
      // The last picture is finished first, also where a part of it has failed.
      this._scheduler.request();
      return;
    }
    const { store, graph } = this._context;
    this._drawnMs = performance.now();
    clearTimeout(this._soon);
    this._soon = undefined;
    graph.refresh();
    if (performance.now() - this._drawnMs > LONG_MS) {
      // A large graph was laid out: it is drawn in the next frame.
      this._scheduler.request();
      return;
    }
    keepSelection(this._context);
    this._body.hidden = emptyKind(store) !== null;
    const changed = this._changed;
    this._changed = new Set();
    this._drawing.begin([...this._views.map((view) => () => view.update(changed)), () => this._finish()]);
  }

  private _finish(): void {
    const { store } = this._context;
    const summary = summarise(store);
    this._emphasise();
    this._failures.follow(summary);
    setAttribute(this._host, 'data-stemma-connection', store.connection.state);
    setAttribute(this._host, 'data-stemma-state', summary?.state ?? (store.isEmpty ? 'empty' : 'new'));
    setAttribute(this._host, 'data-stemma-stale', String(store.isStale));
    clearTimeout(this._tick);
    if (summary?.state === 'running' || store.kernel.blockedSinceMs !== null) {
      this._tick = setTimeout(() => this.update(), Math.max(TICK_MS, this._pauseMs));
    }
  }

  /** Draw what the kernel sent, no more often than the person wants. */
  private _drawSoon(): void {
    const waitMs = this._drawnMs + this._pauseMs - performance.now();
    if (waitMs <= 0) {
      this.update();
    } else {
      this._soon ??= setTimeout(() => this.update(), waitMs);
    }
  }

  /** Between two pictures, as the person wants it. */
  private get _pauseMs(): number {
    return 1000 / this._context.preferences.current.updatesPerSecond;
  }

  private _applyPreferences(): void {
    const { graph, preferences } = this._context;
    const { groupCells, groupFrom, orientation } = preferences.current;
    graph.groupCells = groupCells;
    graph.groupFrom = groupFrom === 0 ? Number.POSITIVE_INFINITY : groupFrom;
    graph.orientation = orientation;
    this._changed = null;
    this.update();
  }

  private _note(ids: readonly string[] | null): void {
    if (ids === null) {
      this._changed = null;
    } else if (this._changed) {
      for (const id of ids) {
        this._changed.add(id);
      }
    }
  }

  /** Light the nodes of the active cell; dim what a search or the lineage leaves out. */
  private _emphasise(): void {
    const { graph, preferences, store } = this._context;
    const emphasis = emphasised(this._context, this._search.hits);
    const lit = madeByActiveCell(this._context);
    this.canvas.shades = shades(graph.nodes, store, preferences.current.colorBy);
    this.canvas.emphasis = emphasis;
    this.canvas.lit = lit;
    this._tree.mark(lit, emphasis);
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const inText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === '/' && !inText && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      this._search.open();
    }
  };

  /** Open a node: a group expands, a process leads to its cell. */
  private _open(id: string): void {
    const { actions, graph, store, ui } = this._context;
    const node = graph.node(id);
    const first = node?.members[0];
    if (!node || first === undefined) {
      return;
    }
    if (node.members.length > 1) {
      graph.toggle(node.id);
      ui.select(first);
    } else {
      const process = store.processes.get(first) ?? store.processes.get(store.artifacts.get(first)?.producer ?? '');
      if (process?.cell) {
        actions.revealCell?.(process.cell);
      }
    }
  }

  private readonly _host: HTMLElement;
  private readonly _context: ViewContext;
  private readonly _body: HTMLElement;
  private readonly _views: readonly View[];
  private readonly _search: SearchBox;
  private readonly _tree: GraphTree;
  private readonly _scheduler = new FrameScheduler(() => this._draw());
  private readonly _drawing = new SlicedDrawing();
  private readonly _failures: FailureGuide;
  private readonly _stops: readonly (() => void)[];
  private _changed: Set<string> | null = null;
  private _tick: ReturnType<typeof setTimeout> | undefined;
  private _soon: ReturnType<typeof setTimeout> | undefined;
  private _drawnMs = 0;
  private _isShown = true;
}
