import { edgeId } from './edge-id';
import type { DrawnNode } from 'stemma-document';
import { nearestFree, Row } from './row';
import type { Tidied, TidyRoom } from './tidy';

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
  processHeight: 29,
  artifactWidth: 14,
  /** From the middle of a process to the middle of the artifact that it makes. */
  toArtifact: 31,
  /** From the middle of a process to the next one below. */
  toProcess: 61,
  column: 188,
  /** What the text of an artifact may take where the items flow to the right. */
  artifactText: 96,
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
  lane: number;
}

const GEOMETRY: { readonly [orientation in Orientation]: Geometry } = {
  down: { toArtifact: SIZE.toArtifact, toProcess: SIZE.toProcess, turn: 10, column: SIZE.column, lane: 20 },
  right: { toArtifact: 106, toProcess: 310, turn: 12, column: 46, lane: 14 },
};

/**
 * An incremental layered layout: rows by distance from the sources, columns by what is free.
 *
 * **Nothing that is placed moves**, unless it would stand above what it comes from. A node is placed once, below its parents and as near to the middle of them as the row allows, or where
 * stood what stood for it before; an edge that passes rows gets a lane which later nodes leave free. {@link forget} forgets all places, for when another picture begins.
 */
export class IncrementalLayout {
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

  /** Place what is new, forget what is gone. `nodes` come parents before children. `before`: ids of the drawn nodes that stood for a node in the last update. */
  update(nodes: readonly DrawnNode[], before: (node: DrawnNode) => readonly string[] = () => []): void {
    const wishes = new Wishes(this._geometry.column);
    const ranks = new Map<string, number>();
    const gone = new Set(this._places.keys());
    for (const node of nodes) {
      const place = this._places.get(node.id);
      const least = node.parents.reduce((max, parent) => Math.max(max, (ranks.get(parent) ?? -1) + 1), 0);
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
        } else if (stood.length > 0) {
          wishes.share(node.id, mean(stood), `${former.join()} ${ranks.get(node.id)}`);
        }
      }
    }
    for (const node of nodes) {
      if (!this._places.has(node.id)) {
        this._place(node, ranks.get(node.id) as number, wishes);
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
    this._generation++;
  }

  /** Put these nodes where a layout of the whole graph has put them; those that it does not know find places beside them. */
  adopt(nodes: readonly DrawnNode[], tidied: Tidied): void {
    this.forget();
    const present = new Set(nodes.map((node) => node.id));
    for (const [id, rank, across] of tidied.nodes) {
      if (present.has(id)) {
        this._put(id, rank, across);
      }
    }
    this._lanes = new Map(tidied.lanes);
    this.update(nodes);
    this._lanes.clear();
  }

  /** The space that nodes and edges take across the flow. */
  get room(): TidyRoom {
    return this._geometry;
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

  private _place(node: DrawnNode, rank: number, wishes: Wishes): void {
    // Values reach in from the side: a node belongs under the stream whose items it takes.
    const above = node.parents.filter((id) => !node.uses.includes(id));
    const middle = above.flatMap((id) => this._places.get(id) ?? []).map((place) => this._across(place));
    const stood = wishes.of(
      node.id,
      above.some((id) => wishes.shares(id)),
    );
    const wish = Math.round(stood ?? (middle.length > 0 ? mean(middle) : 0));
    // Sources stand side by side in their order; everything else goes where there is space, on either side.
    const { column } = this._geometry;
    const across = nearestFree(wish, [this._row(rank)], column, rank > 0 || stood !== undefined);
    this._put(node.id, rank, across);
  }

  private _put(id: string, rank: number, across: number): void {
    this._places.set(id, { rank, ...this._point(across, this._along(rank)) });
    this._occupy(rank, id, across, this._geometry.column);
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
      const rows = between.map((rank) => this._row(rank));
      const aside = nearestFree(Math.round(this._lanes.get(id) ?? (start + end) / 2), rows, lane, true);
      between.forEach((rank) => this._occupy(rank, id, aside, lane));
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

  /** Forget these; returns where each stood across the flow. */
  private _remove(ids: ReadonlySet<string>): Map<string, number> {
    const left = new Map<string, number>();
    if (ids.size > 0) {
      const owners = new Set(ids);
      for (const [edge, route] of this._routes) {
        if (ids.has(route.source) || ids.has(route.target)) {
          this._routes.delete(edge);
          owners.add(edge);
        }
      }
      for (const row of this._rows.values()) {
        row.release(owners);
      }
      for (const id of ids) {
        left.set(id, this._across(this._places.get(id) as Place));
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

  private _point(across: number, along: number): { x: number; y: number } {
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

  private _occupy(rank: number, owner: string, middle: number, width: number): void {
    this._row(rank).occupy(owner, middle - width / 2, middle + width / 2);
  }

  private readonly _places = new Map<string, Place>();
  private readonly _routes = new Map<string, Route>();
  /** Preferred lanes of edges that are routed again. */
  private _lanes = new Map<string, number>();
  private _orientation: Orientation = 'down';
  private _generation = 0;
  private readonly _rows = new Map<number, Row>();
}

/** Preferred positions of nodes that are placed again: where they stood, or where their group stood. Nodes that were drawn as
 * one share its place side by side, in their order. */
class Wishes {
  constructor(private readonly _column: number) {}

  keep(id: string, across: number): void {
    this._kept.set(id, across);
  }

  /** `group`: the same for all that share the place. */
  share(id: string, middle: number, group: string): void {
    const size = this._sizes.get(group) ?? 0;
    this._sizes.set(group, size + 1);
    this._shared.set(id, { middle, group, index: size });
  }

  shares(id: string): boolean {
    return this._shared.has(id);
  }

  /** `isBelow`: a parent shares the place, and so leads the way. */
  of(id: string, isBelow: boolean): number | undefined {
    const shared = isBelow ? undefined : this._shared.get(id);
    const last = (this._sizes.get(shared?.group ?? '') ?? 1) - 1;
    return this._kept.get(id) ?? (shared && shared.middle + (shared.index - last / 2) * this._column);
  }

  private readonly _kept = new Map<string, number>();
  private readonly _shared = new Map<string, { middle: number; group: string; index: number }>();
  private readonly _sizes = new Map<string, number>();
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
