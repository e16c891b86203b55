import type { Core, NodeSingular } from 'cytoscape';
import type { Shade } from '../graph/heat';
import type { ViewContext } from '../elements/context';
import { h, setAttribute, type Changed, type View } from '../elements/dom';
import type { Marks } from './graph-elements';
import { GraphScene } from './graph-scene';
import { graphStyle } from './graph-style';
import { Minimap } from './minimap';
import { bringIntoView, frame, frameAll, nodeInView } from './camera';
import { sameSet } from '../elements/same-set';
import { FrameScheduler } from '../elements/scheduler';
import { linkButton } from '../elements/section';
import { onThemeChange, readTheme } from './theme';

/** Half of a node, in pixels of the graph: what must be in view for a node to be. */
const HALF = { x: 84, y: 14 };

/**
 * Draws the graph on a canvas.
 *
 * Life cycle: cytoscape is loaded and started on the first `update` at which the element has a size; from then on nodes are added, removed and given other
 * faces in place. The camera follows what is new until a person moves it.
 */
export class GraphCanvas implements View {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
  ) {
    _host.classList.add('stemma-Graph');
    // The tree beside it is what screen readers and the keyboard use.
    this._canvas = h('div', 'stemma-Graph-canvas');
    this._canvas.setAttribute('aria-hidden', 'true');
    _host.append(this._canvas);
    this._resize = new ResizeObserver(() => this._onResize());
    this._resize.observe(_host);
    this._stopTheme = onThemeChange(() => {
      this._restyle();
      this._minimap?.draw();
    });
    this._canvas.addEventListener('wheel', this._onWheel, { capture: true, passive: false });
  }

  /** Ids of the nodes that are lit, for example those of the selected cell. */
  set lit(ids: ReadonlySet<string>) {
    if (!sameSet(ids, this._marks.lit)) {
      this._mark({ lit: ids });
    }
  }

  /** The node that has the keyboard's focus in the tree. */
  set focused(id: string | null) {
    this._mark({ focused: id });
    if (id !== null) {
      this.reveal(id);
    }
  }

  /** When set, everything else is dimmed: the hits of a search, or the ancestry of a node. */
  set emphasis(ids: ReadonlySet<string> | null) {
    if (!sameSet(ids, this._marks.emphasis)) {
      this._mark({ emphasis: ids });
    }
  }

  /** How strongly each process is coloured; empty: by its state. */
  set shades(shades: ReadonlyMap<string, Shade>) {
    if (JSON.stringify([...shades]) !== JSON.stringify([...this._marks.shades])) {
      this._mark({ shades });
    }
  }

  update(changed: Changed = null): void {
    const cy = this._cy;
    if (!cy) {
      void this._start();
      return;
    }
    this._host.classList.toggle('stemma-mod-stale', this._context.store.isStale);
    const isNew = this._syncGraph(cy);
    const { selected } = this._context.ui;
    if (selected !== this._marks.selected) {
      this._mark({ selected });
      // Chosen elsewhere, in the tree or by a link: bring it into view.
      if (selected !== null && !this._isTapping) {
        this.reveal(selected);
      }
      this._isTapping = false;
    }
    this._scene?.restyle(isNew ? null : changed, this._marks);
  }

  /** Show the whole graph. What is new is followed again. */
  fit(): void {
    this._followsNew = true;
    if (this._cy) {
      frameAll(this._cy, this._context.graph.layout);
    }
  }

  /** Call what moves the nodes, and keep where it is what a person looks at, once they moved the camera: the selected node, or the one in the middle of the screen. */
  holding(move: () => void): void {
    const cy = this._cy;
    const { layout } = this._context.graph;
    const held = cy && nodeInView(cy, layout.places, this._context.ui.selected);
    const from = layout.places.get(held ?? '');
    move();
    const to = layout.places.get(held ?? '');
    if (cy && this._followsNew) {
      frame(cy, layout, null, false);
    } else if (cy && from && to) {
      cy.stop();
      cy.panBy({ x: (from.x - to.x) * cy.zoom(), y: (from.y - to.y) * cy.zoom() });
    }
  }

  dispose(): void {
    this._isDisposed = true;
    this._resize.disconnect();
    this._stopTheme();
    this._canvas.removeEventListener('wheel', this._onWheel, { capture: true });
    this._windows.dispose();
    this._cy?.destroy();
    this._cy = null;
    this._host.replaceChildren();
  }

  private async _start(): Promise<void> {
    if (this._isStarting || this._host.clientWidth === 0 || this._host.clientHeight === 0) {
      return;
    }
    this._isStarting = true;
    const loaded = await import('cytoscape').catch(() => null);
    this._isStarting = loaded === null;
    if (loaded === null) {
      if (!this._isDisposed) {
        this._offerAgain();
      }
      return;
    }
    const { default: cytoscape } = loaded;
    if (this._isDisposed || this._cy || this._host.clientHeight === 0) {
      return;
    }
    const cy = cytoscape({
      container: this._canvas,
      layout: { name: 'preset' },
      style: graphStyle(readTheme(this._host), this._context.graph.orientation),
      minZoom: 0.1,
      maxZoom: 2.5,
      autoungrabify: true,
      boxSelectionEnabled: false,
      selectionType: 'single',
    });
    this._cy = cy;
    this._scene = new GraphScene(cy, this._context);
    this._minimap = new Minimap(this._host, this._context, cy, () => (this._followsNew = false));
    const { ui, graph } = this._context;
    cy.on('tap', 'node', (event) => {
      // It is where the pointer is: the camera stays.
      const id = (event.target as NodeSingular).id();
      this._isTapping = true;
      ui.select(id);
    });
    cy.on('tap', (event) => {
      if (event.target === cy) {
        ui.select(null);
      }
      this.onTap(event.target === cy ? null : (event.target as NodeSingular).id());
    });
    // Before the menu opens: it is about this node.
    cy.on('cxttapstart', 'node', (event) => {
      this._isTapping = true;
      ui.select((event.target as NodeSingular).id());
    });
    cy.on('dbltap', 'node', (event) => this.onOpen(graph.node((event.target as NodeSingular).id())?.id ?? ''));
    cy.on('dragpan', () => (this._followsNew = false));
    cy.on('viewport resize', () => this._windows.request());
    cy.on('mouseover', 'node', () => (this._canvas.style.cursor = 'pointer'));
    cy.on('mouseout', 'node', () => (this._canvas.style.cursor = ''));
    this.update();
  }

  /** The part of the page that draws could not be loaded: say so, and wait for the person. */
  private _offerAgain(): void {
    const { trans } = this._context;
    const message = h('p', 'stemma-Hint', `${trans.__('Could not load the graph.')} `);
    const again = linkButton(trans.__('Try again'), () => {
      message.remove();
      this._isStarting = false;
      void this._start();
    });
    message.append(again);
    this._host.append(message);
  }

  /** A click on a node, on an edge, or beside them (null). cytoscape has taken the focus from whatever had it. */
  onTap: (id: string | null) => void = () => undefined;

  /** A double click on a node. */
  onOpen: (id: string) => void = () => undefined;

  /** True when nodes came, went or moved. */
  private _syncGraph(cy: Core): boolean {
    const { nodes, layout, picture } = this._context.graph;
    if (this._drawn === nodes) {
      return false;
    }
    this._drawn = nodes;
    const before = this._known;
    this._known = new Set(nodes.flatMap((node) => node.members));
    // What a group showed already is not new.
    const added = nodes.filter((node) => node.members.some((id) => !before.has(id))).map((node) => node.id);
    if (this._generation !== layout.generation) {
      this._generation = layout.generation;
      this._scene?.clear();
    }
    if (this._picture !== picture) {
      this._picture = picture;
      this._restyle();
      this._followsNew = true;
      frame(cy, layout, null, false);
    } else if (this._followsNew && added.length > 0) {
      frame(cy, layout, before.size === 0 ? null : added, before.size > 0);
    }
    this._window();
    return true;
  }

  private _restyle(): void {
    this._minimap?.restyle();
    this._cy?.style(graphStyle(readTheme(this._host), this._context.graph.orientation));
  }

  /** Hold what the screen shows; the rest of it, where it is much, in the next frames. */
  private _window(): void {
    if (this._scene?.window(this._marks)) {
      this._windows.request();
    }
    this._minimap?.draw();
    if (this._cy) {
      // For tests: with the places that the tree names, where on the screen a node is.
      const { x, y } = this._cy.pan();
      // Not at cytoscape's own element: it measures itself whenever an attribute of that changes.
      setAttribute(this._host, 'data-camera', `${x} ${y} ${this._cy.zoom()}`);
    }
  }

  private _mark(marks: Partial<Marks>): void {
    this._marks = { ...this._marks, ...marks };
    this._scene?.restyle(null, this._marks);
  }

  /** Bring a node into view without changing the scale. */
  reveal(id: string): void {
    const place = this._context.graph.layout.places.get(id);
    if (this._cy && place) {
      const [zoom, pan] = [this._cy.zoom(), this._cy.pan()];
      const [x, y] = [place.x * zoom + pan.x, place.y * zoom + pan.y];
      const [dx, dy] = [HALF.x * zoom, HALF.y * zoom];
      bringIntoView(this._cy, { x1: x - dx, y1: y - dy, x2: x + dx, y2: y + dy });
    }
  }

  private _onResize(): void {
    if (!this._cy) {
      void this._start();
    } else if (this._host.clientHeight > 0) {
      this._cy.resize();
      if (this._followsNew) {
        frame(this._cy, this._context.graph.layout, null, false);
      }
    }
  }

  /** The wheel scrolls, as everywhere else in the window; with Ctrl or ⌘ (a pinch on a touchpad) it zooms, which cytoscape does by itself. */
  private readonly _onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey || !this._cy) {
      this._followsNew = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this._followsNew = false;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this._cy.panBy(
      event.shiftKey ? { x: -event.deltaY * unit, y: 0 } : { x: -event.deltaX * unit, y: -event.deltaY * unit },
    );
  };

  private readonly _canvas: HTMLElement;
  private readonly _resize: ResizeObserver;
  private readonly _stopTheme: () => void;
  private readonly _windows = new FrameScheduler(() => this._window());
  private _cy: Core | null = null;
  private _scene: GraphScene | null = null;
  private _minimap: Minimap | null = null;
  private _marks: Marks = { selected: null, focused: null, lit: new Set(), emphasis: null, shades: new Map() };
  private _drawn: unknown = null;
  private _known: ReadonlySet<string> = new Set();
  private _generation = 0;
  private _picture = 0;
  private _followsNew = true;
  private _isTapping = false;
  private _isStarting = false;
  private _isDisposed = false;
}
