import type { Core } from 'cytoscape';
import { describeNode, type DrawnNode } from 'stemma-document';
import { boundsOf, type Box } from '../graph/bounds';
import { edgeId } from '../graph/edge-id';
import type { Place, Route } from '../graph/layout';
import type { ViewContext } from '../elements/context';
import type { Changed } from '../elements/dom';
import type { Match } from '../model/comparison';
import { edgeFigures } from '../graph/edge-figures';
import {
  edgeClasses,
  edgeElement,
  frameElement,
  looksKey,
  nodeElement,
  nodeLooks,
  type Looks,
  type Marks,
} from './graph-elements';

/** How many elements are added at once, so that the page never stands still. */
const SLICE = 64;
/** Above this many elements, those far from the screen are removed again. */
const KEPT = 900;

/**
 * What cytoscape holds of the graph: what is on the screen and around it, since drawing thousands of elements takes it
 * seconds. All places are known to the layout, so a graph of any size is panned as fast as a small one.
 */
export class GraphScene {
  constructor(
    private readonly _cy: Core,
    private readonly _context: ViewContext,
  ) {}

  /** Hold what the screen shows now. True: there is more to add, call again in the next frame. */
  window(marks: Marks): boolean {
    const { graph } = this._context;
    const { places, routes } = graph.layout;
    const box = grow(this._cy.extent(), 0.5);
    const nodes = new Set<string>();
    for (const [id, place] of places) {
      if (isIn(place, box)) {
        nodes.add(id);
      }
    }
    const edges: Route[] = [];
    for (const route of routes.values()) {
      if (nodes.has(route.source) || nodes.has(route.target) || passes(route, places, box)) {
        edges.push(route);
        nodes.add(route.source).add(route.target);
      }
    }
    this._removeGone(nodes, edges);
    this._drawFrames();
    return this._add(nodes, edges, marks);
  }

  /** Give what is held the looks that it should have. */
  restyle(changed: Changed, marks: Marks): void {
    const { graph, store } = this._context;
    const labels: [string, Looks][] = [];
    const affected = new Set<string>();
    this._cy.batch(() => {
      for (const node of graph.affected(changed)) {
        const before = this._nodes.get(node.id);
        affected.add(node.id);
        const face = before === undefined ? null : describeNode(node, store);
        if (face) {
          const looks = nodeLooks(node, face, marks, graph.layout, this._matchOf(node));
          const key = looksKey(looks);
          if (key !== before) {
            this._nodes.set(node.id, key);
            this._cy.getElementById(node.id).classes(looks.classes);
            labels.push([node.id, looks]);
          }
        }
      }
      if (changed === null) {
        this._restyleEdges(marks);
      }
    });
    // Within a batch, cytoscape draws the new text into the bounds of the old one.
    for (const [id, { label, width, room }] of labels) {
      this._cy.getElementById(id).data({ label, width, room });
    }
    this._writeFigures(affected);
  }

  /** Write what passed on the edges of these nodes. */
  private _writeFigures(affected: ReadonlySet<string>): void {
    const { graph, store } = this._context;
    for (const [id, before] of this._figures) {
      const route = graph.layout.routes.get(id);
      if (!route || !(affected.has(route.source) || affected.has(route.target))) {
        continue;
      }
      const { width, aside, loss } = edgeFigures(route, graph, store);
      const now = `${width} ${loss}`;
      if (now !== before) {
        this._figures.set(id, now);
        const edge = this._cy.getElementById(id);
        edge.data({ width, aside });
        if (loss === undefined) {
          edge.removeData('loss');
        } else {
          edge.data('loss', loss);
        }
      }
    }
  }

  /** Nodes may stand elsewhere, and edges run otherwise: forget what is held. */
  clear(): void {
    this._cy.elements().remove();
    this._nodes.clear();
    this._edges.clear();
    this._figures.clear();
    this._frames = '';
  }

  private _matchOf(node: DrawnNode): Match | null {
    return this._context.comparison?.matchOf(node) ?? null;
  }

  private _drawFrames(): void {
    const { frames, layout } = this._context.graph;
    const wanted = new Map(
      frames.flatMap((members): [string, Box][] => {
        const box = boundsOf(
          members.flatMap((id) => layout.places.get(id) ?? []),
          layout.orientation,
        );
        return box ? [[`frame:${members[0]}`, box]] : [];
      }),
    );
    const key = JSON.stringify([...wanted]);
    if (key !== this._frames) {
      this._frames = key;
      this._cy.elements('.frame').remove();
      wanted.forEach((box, id) => this._cy.add(frameElement(id, box)));
    }
  }

  private _add(nodes: ReadonlySet<string>, edges: readonly Route[], marks: Marks): boolean {
    const { graph, store } = this._context;
    const { places } = graph.layout;
    let room = SLICE;
    let isMore = false;
    this._cy.batch(() => {
      for (const id of nodes) {
        const node = this._nodes.has(id) ? undefined : graph.node(id);
        const face = node ? describeNode(node, store) : null;
        if (node && face) {
          if (room-- <= 0) {
            isMore = true;
            return;
          }
          const looks = nodeLooks(node, face, marks, graph.layout, this._matchOf(node));
          this._nodes.set(id, looksKey(looks));
          this._cy.add(nodeElement(id, places.get(id) as Place, looks));
        }
      }
      for (const route of edges) {
        const id = edgeId(route.source, route.target);
        if (!this._edges.has(id) && this._nodes.has(route.source) && this._nodes.has(route.target)) {
          if (room-- <= 0) {
            isMore = true;
            return;
          }
          const classes = edgeClasses(route, places, this._isHistory(route), marks);
          const figures = edgeFigures(route, graph, store);
          this._edges.set(id, classes);
          this._figures.set(id, `${figures.width} ${figures.loss}`);
          this._cy.add(edgeElement(route, places, classes, figures));
        }
      }
    });
    return isMore;
  }

  private _removeGone(nodes: ReadonlySet<string>, edges: readonly Route[]): void {
    const { graph } = this._context;
    const isFull = this._nodes.size + this._edges.size > KEPT;
    const wanted = new Set(isFull ? edges.map((route) => edgeId(route.source, route.target)) : []);
    const isGone = (id: string): boolean => !graph.layout.places.has(id) || (isFull && !nodes.has(id));
    const edgeIsGone = (id: string): boolean => {
      const route = graph.layout.routes.get(id);
      return !route || (isFull && !wanted.has(id)) || isGone(route.source) || isGone(route.target);
    };
    // At once: for each removal cytoscape goes through all that stays.
    const gone = this._cy.collection();
    for (const id of [...[...this._edges.keys()].filter(edgeIsGone), ...[...this._nodes.keys()].filter(isGone)]) {
      this._edges.delete(id);
      this._figures.delete(id);
      this._nodes.delete(id);
      gone.merge(this._cy.getElementById(id));
    }
    gone.remove();
  }

  private _restyleEdges(marks: Marks): void {
    const { places, routes } = this._context.graph.layout;
    for (const [id, before] of this._edges) {
      const route = routes.get(id);
      const classes = route ? edgeClasses(route, places, this._isHistory(route), marks) : before;
      if (classes !== before) {
        this._edges.set(id, classes);
        this._cy.getElementById(id).classes(classes);
      }
    }
  }

  private _isHistory({ source, target }: Route): boolean {
    return this._isSuperseded(source) || this._isSuperseded(target);
  }

  private _isSuperseded(id: string): boolean {
    const { graph, store } = this._context;
    const member = (graph.node(id) as DrawnNode | undefined)?.members[0] ?? '';
    return (store.processes.get(member) ?? store.artifacts.get(member))?.superseded === true;
  }

  /** Looks of what is held, by id. */
  private readonly _nodes = new Map<string, string>();
  private readonly _edges = new Map<string, string>();
  /** The frames of open groups that are drawn. */
  private _frames = '';
  /** What the edges that are held tell, by id. */
  private readonly _figures = new Map<string, string>();
}

function grow({ x1, y1, x2, y2 }: Box, share: number): Box {
  const [dx, dy] = [(x2 - x1) * share, (y2 - y1) * share];
  return { x1: x1 - dx, y1: y1 - dy, x2: x2 + dx, y2: y2 + dy };
}

function isIn({ x, y }: { x: number; y: number }, box: Box): boolean {
  return x >= box.x1 && x <= box.x2 && y >= box.y1 && y <= box.y2;
}

/** Whether an edge with both ends elsewhere may cross the box. */
function passes(route: Route, places: ReadonlyMap<string, Place>, box: Box): boolean {
  const [source, target] = [places.get(route.source), places.get(route.target)];
  if (!source || !target) {
    return false;
  }
  let { x: x1, y: y1 } = source;
  let [x2, y2] = [x1, y1];
  for (const { x, y } of [target, ...route.via]) {
    x1 = Math.min(x1, x);
    x2 = Math.max(x2, x);
    y1 = Math.min(y1, y);
    y2 = Math.max(y2, y);
  }
  return x1 <= box.x2 && x2 >= box.x1 && y1 <= box.y2 && y2 >= box.y1;
}
