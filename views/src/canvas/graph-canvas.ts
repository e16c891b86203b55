import type { Core } from 'cytoscape';
import type { ViewContext } from '../elements/context';
import { h, setAttribute, type Changed, type View } from '../elements/dom';
import { sameSet } from '../elements/same-set';
import { FrameScheduler } from '../elements/scheduler';
import { linkButton } from '../elements/section';
import type { Shade } from '../graph/heat';
import { GraphCamera } from './graph-camera';
import type { Marks } from './graph-elements';
import { GraphScene } from './graph-scene';
import { graphStyle } from './graph-style';
import { nodeTitle } from './node-title';
import { Minimap } from './minimap';
import { type Cytoscape, loadCytoscape, openCytoscape } from './open-cytoscape';
import { textScale } from './text-scale';
import { onThemeChange, readTheme } from './theme';

/**
 * Draws the graph on a canvas.
 *
 * Life cycle: cytoscape is loaded and started on the first `update` at which the element has a size; from then on nodes
 * are added, removed and restyled in place.
 */
export class GraphCanvas implements View {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
  ) {
    _host.classList.add('stemma-Graph');
    this._camera = new GraphCamera(_context);
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

  /** A click on a node, on an edge, or beside them (null). cytoscape has taken the focus from whatever had it. */
  onTap: (id: string | null) => void = () => undefined;

  /** A double click on a node. */
  onOpen: (id: string) => void = () => undefined;

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

  /**
   * The hits of a search, which are ringed; null while nothing is searched for. `covered`: how much of the top the
   * search box takes.
   */
  showHits(hits: ReadonlySet<string> | null, covered: number): void {
    this._camera.covered = covered;
    if (!sameSet(hits, this._marks.hits)) {
      this._mark({ hits });
      const [first] = hits ?? [];
      if (first !== undefined) {
        this.reveal(first);
      }
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
    if (!this._cy) {
      void this._start();
      return;
    }
    this._host.classList.toggle('stemma-mod-stale', this._context.store.isStale);
    const isNew = this._syncGraph();
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

  /** Show the whole graph. New nodes are followed again. */
  fit(): void {
    this._camera.fit();
  }

  /** Call what moves the nodes, and keep in place what a person looks at: see {@link GraphCamera.holding}. */
  holding(move: () => void): void {
    this._camera.holding(move);
  }

  /** Bring a node into view without changing the scale. */
  reveal(id: string): void {
    this._camera.reveal(id);
  }

  dispose(): void {
    this._isDisposed = true;
    this._resize.disconnect();
    this._stopTheme();
    this._canvas.removeEventListener('wheel', this._onWheel, { capture: true });
    this._windows.dispose();
    this._camera.attach(null);
    this._cy?.destroy();
    this._cy = null;
    this._host.replaceChildren();
  }

  /** The browser shows a title once the pointer rests. */
  private _explain(id: string | null): void {
    const { graph, store, trans } = this._context;
    const node = id === null ? undefined : graph.node(id);
    this._canvas.title = node ? nodeTitle(node, store, trans) : '';
  }

  private async _start(): Promise<void> {
    if (this._isStarting || this._host.clientWidth === 0 || this._host.clientHeight === 0) {
      return;
    }
    this._isStarting = true;
    const cytoscape = await loadCytoscape();
    this._isStarting = cytoscape === null;
    if (cytoscape === null) {
      if (!this._isDisposed) {
        this._offerAgain();
      }
    } else if (!this._isDisposed && !this._cy && this._host.clientHeight > 0) {
      this._open(cytoscape);
    }
  }

  private _open(cytoscape: Cytoscape): void {
    const { graph, ui } = this._context;
    const cy = openCytoscape(cytoscape, this._canvas, this._style(), {
      select: (id) => {
        // A node that is clicked is where the pointer is: the camera stays.
        this._isTapping ||= id !== null;
        ui.select(id);
      },
      tap: (id) => this.onTap(id),
      open: (id) => this.onOpen(graph.node(id)?.id ?? ''),
      hover: (id) => this._explain(id),
      pan: () => this._camera.release(),
      viewport: () => this._windows.request(),
    });
    this._cy = cy;
    this._camera.attach(cy);
    this._scene = new GraphScene(cy, this._context);
    this._minimap = new Minimap(this._host, this._context, cy, {
      move: () => this._camera.release(),
      reserve: (right, bottom) => {
        this._canvas.style.inset = `0 ${right}px ${bottom}px 0`;
        this._onResize();
      },
    });
    this.update();
  }

  /** The script that draws could not be loaded: show it, and wait for the person. */
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

  /** True when nodes came, went or moved. */
  private _syncGraph(): boolean {
    const { nodes, frames, layout, picture } = this._context.graph;
    if (this._drawn === nodes) {
      return false;
    }
    this._drawn = nodes;
    const opened = frames.find((members) => !this._frames.some((known) => known[0] === members[0]));
    this._frames = frames;
    const before = this._known;
    this._known = new Set(nodes.flatMap((node) => node.members));
    // What a group showed already is not new.
    const added = nodes.filter((node) => node.members.some((id) => !before.has(id))).map((node) => node.id);
    if (this._generation !== layout.generation) {
      this._generation = layout.generation;
      this._scene?.clear();
    }
    if (this._picture !== picture) {
      const isFirst = this._picture === 0;
      this._picture = picture;
      this._restyle();
      if (!isFirst || !this._camera.restore()) {
        this._camera.reset();
      }
    } else {
      this._camera.follow(added, before.size === 0);
    }
    if (opened) {
      this._camera.revealGroup(opened);
      // Its member is selected, and in view.
      this._isTapping = true;
    }
    this._window();
    return true;
  }

  private _restyle(): void {
    this._minimap?.restyle();
    this._cy?.style(this._style());
  }

  private _style(): ReturnType<typeof graphStyle> {
    return graphStyle(readTheme(this._host), this._context.graph.orientation, this._textScale);
  }

  /** Hold what the screen shows; the rest of a large graph in the next frames. */
  private _window(): void {
    const scale = textScale(this._cy?.zoom() ?? 1);
    if (scale !== this._textScale) {
      this._textScale = scale;
      this._restyle();
    }
    if (this._picture > 0) {
      this._camera.keep();
    }
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

  private _onResize(): void {
    if (!this._cy) {
      void this._start();
    } else if (this._host.clientHeight > 0) {
      this._cy.resize();
      this._camera.resized();
    }
  }

  private readonly _onWheel = (event: WheelEvent): void => this._camera.wheel(event);

  private readonly _canvas: HTMLElement;
  private readonly _camera: GraphCamera;
  private readonly _resize: ResizeObserver;
  private readonly _stopTheme: () => void;
  private readonly _windows = new FrameScheduler(() => this._window());
  private _cy: Core | null = null;
  private _scene: GraphScene | null = null;
  private _minimap: Minimap | null = null;
  private _marks: Marks = {
    selected: null,
    focused: null,
    lit: new Set(),
    hits: null,
    emphasis: null,
    shades: new Map(),
  };
  private _drawn: unknown = null;
  private _known: ReadonlySet<string> = new Set();
  private _frames: readonly (readonly string[])[] = [];
  private _textScale = 1;
  private _generation = 0;
  private _picture = 0;
  private _isTapping = false;
  private _isStarting = false;
  private _isDisposed = false;
}
