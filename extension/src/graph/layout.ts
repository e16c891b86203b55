import type { DrawnNode } from './fold';

/** Where a node lies: its row, and its centre in pixels. */
export interface Place {
  rank: number;
  x: number;
  y: number;
}

/** How an edge runs: straight, or through a free lane beside what lies between. */
export interface Route {
  source: string;
  target: string;
  uses: boolean;
  /** Corners on the way, in pixels; none where it runs straight. */
  via: { x: number; y: number }[];
}

/** Sizes that layout and drawing share, in pixels. */
export const SIZE = {
  processWidth: 168,
  processHeight: 27,
  artifactWidth: 14,
  /** From the middle of a process to the middle of the artifact that it makes. */
  toArtifact: 29,
  /** From the middle of a process to the next one below. */
  toProcess: 58,
  column: 188,
} as const;

/** Which way the items flow. */
export type Orientation = 'down' | 'right';

/** Distances along the flow, and across it. */
interface Geometry {
  toArtifact: number;
  toProcess: number;
  /** From the middle of an artifact to where its edges turn aside. */
  turn: number;
  column: number;
  /** How far an artifact may stand aside of its column. */
  aside: number;
  lane: number;
}

const GEOMETRY: { readonly [orientation in Orientation]: Geometry } = {
  down: { toArtifact: SIZE.toArtifact, toProcess: SIZE.toProcess, turn: 10, column: SIZE.column, aside: 47, lane: 20 },
  right: { toArtifact: 106, toProcess: 310, turn: 12, column: 46, aside: 46, lane: 14 },
};

/**
 * An incremental layered layout: rows by distance from the sources, columns by what is free.
 *
 * **Nothing that is placed moves.** A node is placed once, below its parents and as near to the middle of them as the row allows; an edge that passes rows gets a lane
 * which later nodes leave free. {@link tidy} forgets all places, for when a person asks for it.
 */
export class IncrementalLayout {
  get orientation(): Orientation {
    return this._orientation;
  }

  /** Lets the items flow another way, and so forgets all places. */
  set orientation(value: Orientation) {
    if (value !== this._orientation) {
      this._orientation = value;
      this.tidy();
    }
  }

  /** Place what is new, forget what is gone. `nodes` come parents before children. */
  update(nodes: readonly DrawnNode[]): void {
    const present = new Set(nodes.map((node) => node.id));
    for (const id of [...this._places.keys()]) {
      if (!present.has(id)) {
        this._remove(id);
      }
    }
    for (const node of nodes) {
      if (!this._places.has(node.id)) {
        this._place(node);
      }
      for (const parent of node.parents) {
        this._connect(parent, node);
      }
    }
  }

  /** Forget all places: the next update starts anew. */
  tidy(): void {
    this._places.clear();
    this._routes.clear();
    this._rows.clear();
    this._generation++;
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

  private _place(node: DrawnNode): void {
    const parents = node.parents.flatMap((id) => this._places.get(id) ?? []);
    const rank = parents.reduce((max, parent) => Math.max(max, parent.rank + 1), 0);
    // Values reach in from the side: a node belongs under the stream whose items it takes.
    const above = node.parents.filter((id) => !node.uses.includes(id)).flatMap((id) => this._places.get(id) ?? []);
    const wish = above.length > 0 ? mean(above.map((place) => this._across(place))) : 0;
    // The whole column belongs to a process; the text of an artifact needs the room beside it.
    // Sources stand side by side in their order; everything else goes where there is room, on either side.
    const { aside, column } = this._geometry;
    const across = this._free(wish, [rank], column, node.type === 'artifact' ? aside : column, rank > 0);
    this._places.set(node.id, { rank, ...this._point(across, this._along(rank)) });
    this._occupy(rank, node.id, across - column / 2, across + column / 2);
  }

  private _connect(parent: string, node: DrawnNode): void {
    const id = edgeId(parent, node.id);
    const from = this._places.get(parent);
    const to = this._places.get(node.id);
    if (this._routes.has(id) || !from || !to) {
      return;
    }
    const [start, end] = [this._across(from), this._across(to)];
    const { lane, turn } = this._geometry;
    const route: Route = { source: parent, target: node.id, uses: node.uses.includes(parent), via: [] };
    const between: number[] = [];
    for (let rank = from.rank + 1; rank < to.rank; rank++) {
      between.push(rank);
    }
    if (between.length > 0) {
      const aside = this._free((start + end) / 2, between, lane, lane, true);
      between.forEach((rank) => this._occupy(rank, id, aside - lane / 2, aside + lane / 2));
      // It leaves along the flow, like its siblings, and comes in from the side.
      const leave = this._along(from.rank) + turn;
      route.via = [this._point(start, leave), this._point(aside, leave), this._point(aside, this._along(to.rank))];
    } else if (start !== end) {
      // Edges into one node share their last piece.
      const at = from.rank % 2 === 1 ? this._along(from.rank) + turn : this._along(to.rank) - turn;
      route.via = [this._point(start, at), this._point(end, at)];
    }
    this._routes.set(id, route);
  }

  private _remove(id: string): void {
    this._places.delete(id);
    const gone = new Set([id]);
    for (const [edge, route] of this._routes) {
      if (route.source === id || route.target === id) {
        this._routes.delete(edge);
        gone.add(edge);
      }
    }
    for (const row of this._rows.values()) {
      gone.forEach((owner) => row.delete(owner));
    }
  }

  /** The place across the flow nearest to the wish at which `width` is free in all of these rows. */
  private _free(wish: number, ranks: readonly number[], width: number, step: number, bothSides: boolean): number {
    for (let i = 0; ; i++) {
      for (const x of i > 0 && bothSides ? [wish + i * step, wish - i * step] : [wish + i * step]) {
        if (ranks.every((rank) => this._isFree(rank, x - width / 2, x + width / 2))) {
          return x;
        }
      }
    }
  }

  private _isFree(rank: number, left: number, right: number): boolean {
    for (const [from, to] of this._rows.get(rank)?.values() ?? []) {
      if (left < to && right > from) {
        return false;
      }
    }
    return true;
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

  private _point(across: number, along: number): { x: number; y: number } {
    return this._orientation === 'down' ? { x: across, y: along } : { x: along, y: across };
  }

  private _occupy(rank: number, owner: string, left: number, right: number): void {
    const row = this._rows.get(rank) ?? new Map<string, readonly [number, number]>();
    row.set(owner, [left, right]);
    this._rows.set(rank, row);
  }

  private readonly _places = new Map<string, Place>();
  private readonly _routes = new Map<string, Route>();
  private _orientation: Orientation = 'down';
  private _generation = 0;
  private readonly _rows = new Map<number, Map<string, readonly [number, number]>>();
}

/** Name of the edge between two drawn nodes. */
export function edgeId(source: string, target: string): string {
  return `${source}→${target}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
