import type { DrawnNode } from 'stemma-document';
import { edgeId } from './edge-id';
import { GEOMETRY, SIZE, type Geometry } from './geometry';
import type { Grid } from './grid';
import { Lanes, type Lane } from './lanes';
import { Turns } from './turns';
import { BOX, type Extent } from './node-box';
import type { Orientation } from './orientation';
import { nearestFree, Row } from './row';
import type { Tidied, TidyRoom } from './tidy';
import { Wishes } from './wishes';

export { SIZE } from './geometry';
export type { Orientation } from './orientation';

/** A point of the graph, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Where a node lies: its row, its centre in pixels, and what it takes across the flow. */
export interface Place {
  rank: number;
  x: number;
  y: number;
  extent: Extent;
}

/** How an edge runs: straight, or through a free lane beside what lies between. */
export interface Route {
  source: string;
  target: string;
  uses: boolean;
  /** Corners on the way, in pixels; none where it runs straight. */
  via: Point[];
  lane?: Lane;
}

/** What an update knows beside the nodes. */
export interface UpdateOptions {
  /** Ids of the drawn nodes that stood for a node in the last update. */
  before?: (node: DrawnNode) => readonly string[];
  /** The lines of groups that are open. */
  grid?: Grid;
}

/**
 * An incremental layered layout: rows by distance from the sources, columns by what is free.
 *
 * **Nothing that is placed moves**, unless it would stand above what it comes from. A node is placed once, below its
 * parents and as near to the middle of them as the row allows, or where stood what stood for it before; an edge that
 * passes rows gets a lane which later nodes leave free. {@link forget} forgets all places, for when another picture
 * begins.
 *
 * What is written on a node belongs to it: no edge runs through it.
 */
export class IncrementalLayout {
  /** `extentOf`: what a node takes across the flow; without it, each takes a column. */
  constructor(private readonly _extentOf?: (node: DrawnNode, orientation: Orientation) => Extent) {}

  get orientation(): Orientation {
    return this._orientation;
  }

  /** Lets the items flow another way, and so forgets all places. */
  set orientation(value: Orientation) {
    if (value !== this._orientation) {
      this._orientation = value;
      this.forget();
    }
  }

  /** Place what is new, forget what is gone. `nodes` come parents before children. */
  update(nodes: readonly DrawnNode[], { before = () => [], grid }: UpdateOptions = {}): void {
    this._framed = new Set(grid?.frames.flat());
    const wishes = new Wishes(this._geometry.column);
    const ranks = new Map<string, number>();
    const gone = new Set(this._places.keys());
    const isLoose = this._isLoose;
    this._isLoose = false;
    this._generation += isLoose ? 1 : 0;
    for (const node of nodes) {
      const place = isLoose ? undefined : this._places.get(node.id);
      const least = this._leastRank(node, ranks, grid);
      ranks.set(node.id, Math.max(least, place?.rank ?? 0));
      if (place && place.rank >= least) {
        gone.delete(node.id);
      } else if (place) {
        this._generation++;
      }
    }
    const left = this._remove(gone);
    for (const node of nodes) {
      if (!this._places.has(node.id)) {
        const own = left.get(node.id);
        const former = before(node);
        const stood = former.flatMap((id) => left.get(id) ?? []);
        if (own !== undefined) {
          wishes.keep(node.id, own);
        } else if (stood.length > 0 && this._stood.has(node.id)) {
          // A group that closes goes back to where it was.
          wishes.keep(node.id, this._stood.get(node.id) as number);
        } else if (stood.length > 0) {
          wishes.share(node.id, mean(stood), `${former.join()} ${ranks.get(node.id)}`);
        }
      }
    }
    const outputs = onlyOutputs(nodes);
    for (const node of nodes) {
      if (!this._places.has(node.id)) {
        this._place(node, { ranks, wishes, grid, output: outputs.get(node.id) });
      }
      for (const parent of node.parents) {
        this._connect(parent, node);
      }
    }
  }

  /** Forget all places: the next update starts from scratch. */
  forget(): void {
    this._places.clear();
    this._routes.clear();
    this._rows.clear();
    this._lanes.clear();
    this._turns.clear();
    this._eldest.clear();
    this._stood.clear();
    this._generation++;
  }

  /**
   * In the next update, everything is placed again, as near as can be to where it stands: a group opens or closes, and
   * what is below it moves.
   */
  loosen(): void {
    this._isLoose = true;
  }

  /**
   * Put these nodes where a layout of the whole graph has put them; those that it does not know find places beside
   * them.
   */
  adopt(nodes: readonly DrawnNode[], tidied: Tidied, grid?: Grid): void {
    this.forget();
    const present = new Map(nodes.map((node) => [node.id, node] as const));
    for (const [id, rank, across] of tidied.nodes) {
      const node = present.get(id);
      if (node) {
        this._put(node, rank, across);
      }
    }
    this._preferred = new Map(tidied.lanes);
    this.update(nodes, grid === undefined ? {} : { grid });
    this._preferred.clear();
  }

  /** The space that nodes and edges take across the flow. */
  get room(): TidyRoom {
    return this._geometry;
  }

  /** What a node takes across the flow, were it placed now. */
  extentOf(node: DrawnNode): Extent {
    const half = this._geometry.column / 2;
    return this._extentOf?.(node, this._orientation) ?? { left: half, right: half };
  }

  /** How wide the box of a process is, in pixels. */
  boxWidth(id: string): number {
    const extent = this._places.get(id)?.extent;
    return extent && this._orientation === 'down' ? 2 * (extent.left - BOX.gap) : BOX.width;
  }

  /**
   * How much space there is for the text of a stream, in pixels: what it has reserved, and what is free beside that.
   */
  textRoom(id: string): number {
    const place = this._places.get(id);
    if (!place || this._orientation === 'right') {
      return SIZE.artifactText;
    }
    const own = place.x + place.extent.right;
    if (this._framed.has(id)) {
      return place.extent.right - BOX.gap - BOX.toText;
    }
    const next = this._row(place.rank).nextAfter(own);
    return Math.min(Math.max(own, next) - BOX.gap - BOX.toText - place.x, BOX.maxWidth);
  }

  /** Another number means that what was placed may have moved. */
  get generation(): number {
    return this._generation;
  }

  get places(): ReadonlyMap<string, Place> {
    return this._places;
  }

  get routes(): ReadonlyMap<string, Route> {
    return this._routes;
  }

  private _leastRank(node: DrawnNode, ranks: ReadonlyMap<string, number>, grid: Grid | undefined): number {
    const below = node.parents.reduce((max, parent) => Math.max(max, (ranks.get(parent) ?? -1) + 1), 0);
    return below + (grid?.rowsAbove(node.id) ?? 0);
  }

  private _place(node: DrawnNode, { ranks, wishes, grid, output }: Placing): void {
    const rank = ranks.get(node.id) as number;
    // Values reach in from the side: a node belongs under the stream whose items it takes.
    const above = node.parents.filter((id) => !node.uses.includes(id));
    const middle = above.flatMap((id) => this._places.get(id) ?? []).map((place) => this._across(place));
    const first = this._places.get(grid?.firstOfColumn(node.id) ?? '');
    const stood = first
      ? this._across(first)
      : wishes.of(
          node.id,
          above.some((id) => wishes.shares(id)),
        );
    const wish = Math.round(stood ?? (middle.length > 0 ? mean(middle) : 0));
    const spans = [{ row: this._row(rank), ...this.extentOf(node) }];
    // A process stands where its stream can stand right below it.
    const below = output && !this._places.has(output.id) && ranks.get(output.id) === rank + 1 ? output : undefined;
    if (below) {
      spans.push({ row: this._row(rank + 1), ...this.extentOf(below) });
    }
    // Sources stand side by side in their order, and so do the parts of one stream; everything else goes where there is
    // space, on either side.
    const siblings = `${above.join()} ${rank}`;
    const eldest = this._places.get(this._eldest.get(siblings) ?? '');
    const isFurther = (rank === 0 || eldest !== undefined) && stood === undefined;
    const across = nearestFree(wish, spans, !isFurther);
    if (!eldest) {
      this._eldest.set(siblings, node.id);
    }
    this._put(node, rank, across);
    if (below) {
      this._put(below, rank + 1, across);
    }
  }

  private _put(node: DrawnNode, rank: number, across: number): void {
    const extent = this.extentOf(node);
    this._places.set(node.id, { rank, ...this._point(across, this._along(rank)), extent });
    this._row(rank).occupy(node.id, across - extent.left, across + extent.right);
  }

  private _connect(parent: string, node: DrawnNode): void {
    const id = edgeId(parent, node.id);
    const from = this._places.get(parent);
    const to = this._places.get(node.id);
    if (this._routes.has(id) || !from || !to) {
      return;
    }
    const [start, end] = [this._across(from), this._across(to)];
    const route: Route = { source: parent, target: node.id, uses: node.uses.includes(parent), via: [] };
    if (to.rank - from.rank > 1) {
      const wish = Math.round(this._preferred.get(id) ?? (start + end) / 2);
      const passage = { edge: id, source: parent, target: node.id, from: from.rank + 1, to: to.rank - 1, wish };
      const lane = this._lanes.take(passage, this._geometry.lane);
      const leave = this._turn(from.rank, route, start, lane.across);
      route.lane = lane;
      // It leaves along the flow, like its siblings.
      route.via = [this._point(start, leave), this._point(lane.across, leave), ...this._entry(lane, route, to)];
    } else if (start !== end) {
      // Edges into one node share their last piece.
      const at = this._turn(from.rank, route, start, end);
      route.via = [this._point(start, at), this._point(end, at)];
    }
    this._routes.set(id, route);
  }

  /** From a lane into a node: from the side where nothing stands between, else along the flow. */
  private _entry(lane: Lane, route: Route, to: Place): readonly Point[] {
    const entry = lane.entries.get(route.target) ?? this._enter(lane, route, to);
    lane.entries.set(route.target, entry);
    return entry;
  }

  private _enter(lane: Lane, route: Route, to: Place): readonly Point[] {
    const { across } = lane;
    const end = this._across(to);
    const half = this._geometry.lane / 2;
    const [left, right] = across < end ? [across - half, end - to.extent.left] : [end + to.extent.right, across + half];
    const row = this._row(to.rank);
    if (right - left > half && !row.blocking(left, right)) {
      row.occupy(entryOwner(lane, route.target), left, right);
      return [this._point(across, this._along(to.rank))];
    }
    const at = this._turn(to.rank - 1, route, across, end);
    return [this._point(across, at), this._point(end, at)];
  }

  /** Where an edge from a row to the next turns aside: beside what is written on streams and outside of all boxes. */
  private _turn(rank: number, { source, target }: Route, from: number, to: number): number {
    const { turns } = this._geometry;
    if (rank % 2 === 0) {
      return this._along(rank + 1) - turns[0];
    }
    const track = this._turns.take(rank, { edge: edgeId(source, target), source, target, from, to });
    return this._along(rank) + (turns[track] ?? turns[0]);
  }

  /** Forget these; returns where each stood across the flow. */
  private _remove(ids: ReadonlySet<string>): Map<string, number> {
    const left = new Map<string, number>();
    if (ids.size > 0) {
      const owners = new Set(ids);
      for (const [edge, route] of this._routes) {
        if (ids.has(route.source) || ids.has(route.target)) {
          this._routes.delete(edge);
          this._turns.release(edge);
          if (route.lane) {
            this._lanes.release(route.lane, edge).forEach((owner) => owners.add(owner));
            if (![...route.lane.edges].some((other) => this._routes.get(other)?.target === route.target)) {
              route.lane.entries.delete(route.target);
              owners.add(entryOwner(route.lane, route.target));
            }
          }
        }
      }
      for (const row of this._rows.values()) {
        row.release(owners);
      }
      for (const id of ids) {
        left.set(id, this._across(this._places.get(id) as Place));
        this._stood.set(id, left.get(id) as number);
        this._places.delete(id);
      }
    }
    return left;
  }

  private get _geometry(): Geometry {
    return GEOMETRY[this._orientation];
  }

  /** The graph is bipartite, so even rows hold processes and odd rows artifacts. */
  private _along(rank: number): number {
    const { toArtifact, toProcess } = this._geometry;
    return Math.floor(rank / 2) * toProcess + (rank % 2) * toArtifact;
  }

  private _across(place: Place): number {
    return this._orientation === 'down' ? place.x : place.y;
  }

  private _point(across: number, along: number): Point {
    return this._orientation === 'down' ? { x: across, y: along } : { x: along, y: across };
  }

  private _row(rank: number): Row {
    let row = this._rows.get(rank);
    if (!row) {
      row = new Row();
      this._rows.set(rank, row);
    }
    return row;
  }

  private readonly _places = new Map<string, Place>();
  private readonly _routes = new Map<string, Route>();
  /** Preferred lanes of edges that are routed again. */
  private _preferred = new Map<string, number>();
  /** Where nodes stood that are drawn no more. */
  private readonly _stood = new Map<string, number>();
  /** The first that was placed of those that come of the same streams, in one row. */
  private readonly _eldest = new Map<string, string>();
  private _orientation: Orientation = 'down';
  private _generation = 0;
  private _isLoose = false;
  /** The members of open groups, whose texts stay within their frame. */
  private _framed: ReadonlySet<string> = new Set();
  private readonly _rows = new Map<number, Row>();
  private readonly _lanes = new Lanes((rank) => this._row(rank));
  private readonly _turns = new Turns(GEOMETRY.down.turns.length);
}

/** The name in the rows of the way from a lane into a node. */
function entryOwner({ owner }: Lane, target: string): string {
  return `${owner} into ${target}`;
}

/** What the place of one node depends on. */
interface Placing {
  ranks: ReadonlyMap<string, number>;
  wishes: Wishes;
  grid: Grid | undefined;
  output: DrawnNode | undefined;
}

/** The one stream of each process that has just one. */
function onlyOutputs(nodes: readonly DrawnNode[]): Map<string, DrawnNode> {
  const outputs = new Map<string, DrawnNode>();
  const several = new Set<string>();
  for (const node of nodes) {
    const producer = node.type === 'artifact' && node.parents.length === 1 ? (node.parents[0] as string) : undefined;
    if (producer !== undefined && outputs.has(producer)) {
      several.add(producer);
    } else if (producer !== undefined) {
      outputs.set(producer, node);
    }
  }
  several.forEach((id) => outputs.delete(id));
  return outputs;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
