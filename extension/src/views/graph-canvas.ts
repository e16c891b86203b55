import type { Core, ElementDefinition, NodeSingular } from 'cytoscape';
import { describeNode, type NodeFace } from '../graph/describe';
import { edgeId, SIZE, type Place, type Route } from '../graph/layout';
import type { ViewContext } from './context';
import { h, type Changed, type View } from './dom';
import { graphStyle } from './graph-style';
import { bringIntoView, frame } from './camera';
import { onThemeChange, readTheme } from './theme';

const STATES = 'new running complete failed aborted';

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
    this._stopTheme = onThemeChange(() => this._cy?.style(graphStyle(readTheme(_host))));
    this._canvas.addEventListener('wheel', this._onWheel, { capture: true, passive: false });
  }

  /** Ids of the nodes that are lit, for example those of the selected cell. */
  set lit(ids: ReadonlySet<string>) {
    if (!sameSet(ids, this._lit)) {
      this._lit = ids;
      this._mark();
    }
  }

  /** The node that has the keyboard's focus in the tree. */
  set focused(id: string | null) {
    this._cy?.nodes('.focused').removeClass('focused');
    const node = id === null ? null : this._cy?.getElementById(id);
    if (node && node.nonempty()) {
      node.addClass('focused');
      this._reveal(node);
    }
  }

  /** When set, everything else is dimmed: the hits of a search, or the ancestry of a node. */
  set emphasis(ids: ReadonlySet<string> | null) {
    if (!sameSet(ids, this._emphasis)) {
      this._emphasis = ids;
      this._mark();
    }
  }

  update(changed: Changed = null): void {
    if (!this._cy) {
      void this._start();
      return;
    }
    const isNew = this._syncNodes();
    this._syncFaces(isNew ? null : changed);
    if (isNew || this._context.ui.selected !== this._selected) {
      this._mark();
    }
    const { selected } = this._context.ui;
    if (selected !== this._selected) {
      this._selected = selected;
      // Chosen elsewhere, in the tree or by a link: bring it into view.
      if (selected !== null && !this._isTapping) {
        this.reveal(selected);
      }
      this._isTapping = false;
    }
  }

  /** Show the whole graph, or as much of it as can be read. */
  fit(): void {
    this._followsNew = true;
    if (this._cy) {
      frame(this._cy, this._context.graph.layout.places, null, true);
    }
  }

  /** PNG of the whole graph at twice its size, or null before it was drawn. */
  image(): string | null {
    return this._cy?.png({ full: true, scale: 2, bg: readTheme(this._host).background }) ?? null;
  }

  dispose(): void {
    this._isDisposed = true;
    this._resize.disconnect();
    this._stopTheme();
    this._canvas.removeEventListener('wheel', this._onWheel, { capture: true });
    this._cy?.destroy();
    this._cy = null;
    this._host.replaceChildren();
  }

  private async _start(): Promise<void> {
    if (this._isStarting || this._host.clientWidth === 0 || this._host.clientHeight === 0) {
      return;
    }
    this._isStarting = true;
    const { default: cytoscape } = await import('cytoscape');
    this._isStarting = false;
    if (this._isDisposed || this._cy || this._host.clientHeight === 0) {
      return;
    }
    const cy = cytoscape({
      container: this._canvas,
      layout: { name: 'preset' },
      style: graphStyle(readTheme(this._host)),
      minZoom: 0.1,
      maxZoom: 2.5,
      autoungrabify: true,
      boxSelectionEnabled: false,
      selectionType: 'single',
    });
    this._cy = cy;
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
    });
    cy.on('dbltap', 'node', (event) => this.onOpen(graph.node((event.target as NodeSingular).id())?.id ?? ''));
    cy.on('dragpan', () => (this._followsNew = false));
    cy.on('mouseover', 'node', () => (this._canvas.style.cursor = 'pointer'));
    cy.on('mouseout', 'node', () => (this._canvas.style.cursor = ''));
    this.update();
    frame(cy, graph.layout.places, null, false);
  }

  /** A double click on a node. */
  onOpen: (id: string) => void = () => undefined;

  /** True when nodes came or went. */
  private _syncNodes(): boolean {
    const cy = this._cy as Core;
    const { nodes, layout } = this._context.graph;
    if (this._drawn === nodes) {
      return false;
    }
    this._drawn = nodes;
    const wanted = new Map<string, ElementDefinition>();
    for (const node of nodes) {
      const place = layout.places.get(node.id) as Place;
      wanted.set(node.id, {
        group: 'nodes',
        data: { id: node.id, label: '' },
        position: { x: place.x, y: place.y },
        classes: node.type,
      });
    }
    for (const [id, route] of layout.routes) {
      wanted.set(id, edgeElement(route, layout.places));
    }
    const before = cy.nodes().length;
    const added: string[] = [];
    cy.batch(() => {
      cy.elements().forEach((element) => {
        if (!wanted.has(element.id())) {
          element.remove();
        }
      });
      for (const [id, element] of wanted) {
        const present = cy.getElementById(id);
        if (present.empty()) {
          cy.add(element);
          if (element.group === 'nodes') {
            added.push(id);
          }
        } else if (element.group === 'nodes' && element.position) {
          const { x, y } = present.position();
          if (x !== element.position.x || y !== element.position.y) {
            present.position(element.position);
          }
        } else if (element.group === 'edges') {
          present.data(element.data);
        }
      }
    });
    this._faces.clear();
    if (this._followsNew && added.length > 0) {
      frame(cy, layout.places, before === 0 ? null : added, before > 0);
    }
    return true;
  }

  private _syncFaces(changed: Changed): void {
    const cy = this._cy as Core;
    const { store, graph } = this._context;
    const labels: [NodeSingular, string][] = [];
    cy.batch(() => {
      for (const node of graph.affected(changed)) {
        const face = describeNode(node, store);
        if (!face) {
          continue;
        }
        const key = JSON.stringify(face);
        if (this._faces.get(node.id) === key) {
          continue;
        }
        this._faces.set(node.id, key);
        const element = cy.getElementById(node.id);
        labels.push([element, nodeText(node.type, face)]);
        element.removeClass(STATES).addClass(face.state);
        element.toggleClass('value', face.kind === 'value');
        element.toggleClass('folded', face.count > 1 && node.members.length > 1);
        element.toggleClass('superseded', face.superseded);
      }
      if (changed === null) {
        cy.edges().forEach((edge) => {
          const isHistory = edge.source().hasClass('superseded') || edge.target().hasClass('superseded');
          edge.toggleClass('superseded', isHistory);
        });
      }
    });
    // Within a batch, cytoscape draws the new text into the bounds of the old one.
    for (const [element, label] of labels) {
      element.data('label', label);
    }
    this._host.classList.toggle('stemma-mod-stale', store.isStale);
  }

  private _mark(): void {
    const cy = this._cy;
    if (!cy) {
      return;
    }
    const { selected } = this._context.ui;
    cy.batch(() => {
      cy.nodes().forEach((node) => {
        node.toggleClass('chosen', node.id() === selected);
        node.toggleClass('lit', this._lit.has(node.id()));
        node.toggleClass('dimmed', this._emphasis !== null && !this._emphasis.has(node.id()));
      });
      cy.edges().forEach((edge) => {
        edge.toggleClass('chosen', edge.source().id() === selected || edge.target().id() === selected);
        edge.toggleClass('dimmed', edge.source().hasClass('dimmed') || edge.target().hasClass('dimmed'));
      });
    });
  }

  /** Bring a node into view without changing the scale. */
  reveal(id: string): void {
    const node = this._cy?.getElementById(id);
    if (node && node.nonempty()) {
      this._reveal(node);
    }
  }

  private _reveal(node: NodeSingular): void {
    const cy = this._cy as Core;
    bringIntoView(cy, node.renderedBoundingBox({ includeLabels: false }));
  }

  private _onResize(): void {
    if (!this._cy) {
      void this._start();
    } else if (this._host.clientHeight > 0) {
      this._cy.resize();
      if (this._followsNew) {
        frame(this._cy, this._context.graph.layout.places, null, false);
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
  private readonly _faces = new Map<string, string>();
  private _cy: Core | null = null;
  private _drawn: unknown = null;
  private _lit: ReadonlySet<string> = new Set();
  private _emphasis: ReadonlySet<string> | null = null;
  private _selected: string | null = null;
  private _followsNew = true;
  private _isTapping = false;
  private _isStarting = false;
  private _isDisposed = false;
}

function sameSet(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): boolean {
  return (
    one === other ||
    (one !== null && other !== null && one.size === other.size && [...one].every((id) => other.has(id)))
  );
}

/** What is written on a node: the label of a process with its count, the figures of an artifact. */
function nodeText(type: 'process' | 'artifact', face: NodeFace): string {
  if (type === 'artifact') {
    return face.detail;
  }
  return face.count > 1 ? `${face.label}  ×${face.count}` : face.label;
}

function edgeElement(route: Route, places: ReadonlyMap<string, Place>): ElementDefinition {
  const source = places.get(route.source) as Place;
  const target = places.get(route.target) as Place;
  const via = route.via.length > 0 ? route.via : elbow(source, target);
  const classes = [via.length > 0 ? 'lane' : '', route.uses ? 'uses' : '', target.rank % 2 === 0 ? 'intoProcess' : ''];
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.hypot(dx, dy) || 1;
  // cytoscape wants a point as how far along the line between the ends, and how far off it.
  const weights = via.map((p) => ((p.x - source.x) * dx + (p.y - source.y) * dy) / length ** 2);
  const distances = via.map((p) => ((p.x - source.x) * -dy + (p.y - source.y) * dx) / length);
  return {
    group: 'edges',
    data: { id: edgeId(route.source, route.target), source: route.source, target: route.target, weights, distances },
    classes: classes.filter((name) => name !== '').join(' '),
  };
}

/** The corners of an edge between neighbouring rows whose ends are not above each other: edges into one node share their last piece. */
function elbow(source: Place, target: Place): { x: number; y: number }[] {
  if (source.x === target.x) {
    return [];
  }
  const y = source.rank % 2 === 1 ? source.y + SIZE.turn : target.y - SIZE.turn;
  return [
    { x: source.x, y },
    { x: target.x, y },
  ];
}
