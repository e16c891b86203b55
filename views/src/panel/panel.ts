import { toMermaid } from 'stemma-document';
import { GraphCanvas } from '../canvas/graph-canvas';
import { GraphTree } from '../canvas/graph-tree';
import { legendView } from '../canvas/legend';
import { inkOf, readTheme } from '../canvas/theme';
import { comparedHeader } from '../comparing/header';
import { colorByOf, type ViewContext } from '../elements/context';
import { setAttribute, type Changed, type View } from '../elements/dom';
import { shades } from '../graph/heat';
import { keepSelection } from '../graph/keep-selection';
import { toPicture, type Picture } from '../graph/svg';
import { summarise } from '../model/summary';
import { declaredView } from './declared';
import { DrawLoop } from './draw-loop';
import { emphasised, madeByActiveCell } from './emphasis';
import { emptyKind, emptyView } from './empty';
import { FailureGuide } from './failure-guide';
import { headerView } from './header';
import { LegendDialog } from './legend-dialog';
import { noticeView } from './notice';
import { openNode } from './open-node';
import { panelElements, type PanelElements } from './panel-elements';
import { panelToolbar } from './panel-toolbar';
import { SearchBox } from './search-box';
import { splitter } from './splitter';
import { tabsView } from './tabs';

/** From this width on, in pixels, several steps stand side by side. */
const WIDE = 640;

/**
 * The whole panel: head, graph, details. It draws into an element, and does nothing while it is hidden.
 *
 * Life cycle: `show` and `hide` follow the host; changes of the models are drawn in the next animation frame; `dispose`
 * frees everything but the models, which belong to the host.
 */
export class PanelView {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
  ) {
    const elements = panelElements(_host);
    const open = (id: string): void => openNode(_context, id);
    this._body = elements.body;
    setAttribute(_host, 'data-stemma-lead', _context.lead);
    this._legend = new LegendDialog(_host, _context);
    this._failures = new FailureGuide(_context, (id) => this.canvas.reveal(id));
    this.canvas = new GraphCanvas(elements.graph, _context);
    this.canvas.onOpen = open;
    this._search = new SearchBox(
      elements.search,
      _context,
      (id) => this.canvas.reveal(id),
      () => this.focus(),
    );
    this._tree = new GraphTree(elements.tree, _context, (id) => (this.canvas.focused = id), open);
    this.canvas.onTap = () => this._tree.focus();
    this._views = this._createViews(elements);
    _host.addEventListener('keydown', this._onKey);
    this._applyPreferences();
    this._stops = this._followModels();
    // Drawn at once: what is known is on the page as soon as the panel is.
    try {
      this._loop.draw();
    } catch (error) {
      // The caller gets no view to dispose of.
      this.dispose();
      throw error;
    }
  }

  readonly canvas: GraphCanvas;

  /** Show the whole graph. */
  fit(): void {
    this.canvas.fit();
  }

  /** Lay out the graph from scratch; the camera stays. */
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

  /** Explain shapes, states, marks and keys. */
  showLegend(): void {
    this._legend.open();
  }

  /** Whether there is enough width for a graph that flows to the right. */
  get isWide(): boolean {
    return this._host.clientWidth >= WIDE;
  }

  /** The whole graph as a picture, in the colours of the theme. */
  picture(): Picture {
    const { graph, store } = this._context;
    const coloured = shades(graph.nodes, store, colorByOf(this._context));
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
    this._loop.show();
  }

  hide(): void {
    this._loop.hide();
  }

  dispose(): void {
    this._host.removeEventListener('keydown', this._onKey);
    this._loop.dispose();
    this._stops.forEach((stop) => stop());
    this._views.forEach((view) => view.dispose());
    this._host.replaceChildren();
  }

  private _createViews(elements: PanelElements): View[] {
    const context = this._context;
    const { head, toolbar, empty, notice, legend, divider, stage, tabs, declared } = elements;
    return [
      context.comparison === null
        ? headerView(head, context, toolbar)
        : comparedHeader(head, context, toolbar, context.comparison),
      emptyView(empty, context),
      ...(context.lead === 'samples' ? [declaredView(declared, context)] : []),
      this.canvas,
      this._tree,
      panelToolbar(toolbar, context, {
        fit: () => this.canvas.fit(),
        tidy: () => void this.tidy(),
        find: () => this._search.open(),
        help: () => this.showLegend(),
      }),
      noticeView(notice, context),
      legendView(legend, context),
      this._search,
      splitter(divider, stage, context.trans, context.lead === 'samples'),
      tabsView(tabs, context),
    ];
  }

  private _followModels(): (() => void)[] {
    const { graph, preferences, store, ui } = this._context;
    return [
      store.changed.on((change) => this._loop.requestChanged(change.ids)),
      ui.changed.on(() => this._loop.request()),
      preferences.changed.on(() => this._applyPreferences()),
      graph.changed.on(() => this._loop.requestAll()),
    ];
  }

  private _parts(changed: Changed): (() => void)[] {
    keepSelection(this._context);
    this._body.hidden = emptyKind(this._context.store) !== null;
    return [...this._views.map((view) => () => view.update(changed)), () => this._finish()];
  }

  private _finish(): void {
    const { store } = this._context;
    const summary = summarise(store);
    this._emphasise();
    this._failures.follow(summary);
    setAttribute(this._host, 'data-stemma-connection', store.connection.state);
    setAttribute(this._host, 'data-stemma-state', summary?.state ?? (store.isEmpty ? 'empty' : 'new'));
    setAttribute(this._host, 'data-stemma-stale', String(store.isStale));
    this._loop.setTicking(summary?.state === 'running' || store.kernel.blockedSinceMs !== null);
  }

  private _applyPreferences(): void {
    const { graph, preferences } = this._context;
    const { groupCells, groupFrom, orientation } = preferences.current;
    graph.groupCells = groupCells;
    graph.groupFrom = groupFrom === 0 ? Number.POSITIVE_INFINITY : groupFrom;
    graph.orientation = orientation;
    this._loop.requestAll();
  }

  /** Light the nodes of the active cell; dim what a search or the lineage leaves out. */
  private _emphasise(): void {
    const { graph, store } = this._context;
    const { hits } = this._search;
    const emphasis = emphasised(this._context, hits);
    // One halo at a time: while something is searched for, it is that of the hits.
    const lit = hits === null ? madeByActiveCell(this._context) : new Set<string>();
    this.canvas.shades = shades(graph.nodes, store, colorByOf(this._context));
    this.canvas.emphasis = emphasis;
    this.canvas.lit = lit;
    this.canvas.showHits(hits && new Set(hits), this._search.height);
    this._tree.mark(lit, emphasis);
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const inText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    const opens = { '/': () => this._search.open(), '?': () => this.showLegend() }[event.key];
    if (opens && !inText && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      opens();
    }
  };

  private readonly _body: HTMLElement;
  private readonly _legend: LegendDialog;
  private readonly _views: readonly View[];
  private readonly _search: SearchBox;
  private readonly _tree: GraphTree;
  private readonly _failures: FailureGuide;
  private readonly _stops: readonly (() => void)[];
  private readonly _loop = new DrawLoop({
    prepare: () => this._context.graph.refresh(),
    parts: (changed) => this._parts(changed),
    pauseMs: () => 1000 / this._context.preferences.current.updatesPerSecond,
  });
}
