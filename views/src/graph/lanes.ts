import { nearestFree, type Row } from './row';

/** A free stretch along the flow for edges that pass rows. */
export interface Lane {
  /** Its name in the rows. */
  owner: string;
  across: number;
  /** The rows that it passes. */
  from: number;
  to: number;
  /** The edges in it have this end in common; null while it has but one. */
  shared: 'source' | 'target' | null;
  edges: Set<string>;
  /** By target, how edges get there from the lane: its last corners. Edges into one node come in together. */
  entries: Map<string, readonly { x: number; y: number }[]>;
}

/** One edge that needs a lane. */
export interface Passage {
  edge: string;
  source: string;
  target: string;
  /** The first and the last row that it passes. */
  from: number;
  to: number;
  wish: number;
}

/** The lanes of a layout: edges into one node, or out of one, share theirs where they can. */
export class Lanes {
  constructor(private readonly _row: (rank: number) => Row) {}

  /** A lane for an edge, taken in the rows that it passes. */
  take(passage: Passage, width: number): Lane {
    const lane = this._shareable(passage, width) ?? this._open(passage, width);
    const { edge, source, target, from, to } = passage;
    for (let rank = from; rank <= to; rank++) {
      if (rank < lane.from || rank > lane.to) {
        this._row(rank).occupy(lane.owner, lane.across - width / 2, lane.across + width / 2);
      }
    }
    lane.from = Math.min(lane.from, from);
    lane.to = Math.max(lane.to, to);
    lane.edges.add(edge);
    append(this._bySource, source, lane);
    append(this._byTarget, target, lane);
    return lane;
  }

  /** An edge is gone; returns the owners of what is free now. */
  release(lane: Lane, edge: string): string[] {
    lane.edges.delete(edge);
    if (lane.edges.size > 0) {
      return [];
    }
    for (const lanes of [this._bySource, this._byTarget]) {
      for (const [id, list] of lanes) {
        if (list.delete(lane) && list.size === 0) {
          lanes.delete(id);
        }
      }
    }
    return [lane.owner];
  }

  clear(): void {
    this._bySource.clear();
    this._byTarget.clear();
  }

  private _open({ from, to, wish }: Passage, width: number): Lane {
    const spans = [];
    for (let rank = from; rank <= to; rank++) {
      spans.push({ row: this._row(rank), left: width / 2, right: width / 2 });
    }
    const across = nearestFree(wish, spans, true);
    return {
      owner: `lane ${this._opened++}`,
      across,
      from: to + 1,
      to: to,
      shared: null,
      edges: new Set(),
      entries: new Map(),
    };
  }

  private _shareable({ source, target, from, to }: Passage, width: number): Lane | undefined {
    const fits = (lane: Lane): boolean => {
      for (let rank = from; rank <= to; rank++) {
        const isOwn = rank >= lane.from && rank <= lane.to;
        if (!isOwn && this._row(rank).blocking(lane.across - width / 2, lane.across + width / 2)) {
          return false;
        }
      }
      // A gap would be taken by nobody.
      return from <= lane.to + 1 && to >= lane.from - 1;
    };
    for (const [end, lanes] of [
      ['target', this._byTarget.get(target)],
      ['source', this._bySource.get(source)],
    ] as const) {
      for (const lane of lanes ?? []) {
        if ((lane.shared === null || lane.shared === end) && fits(lane)) {
          lane.shared = end;
          return lane;
        }
      }
    }
    return undefined;
  }

  private readonly _bySource = new Map<string, Set<Lane>>();
  private readonly _byTarget = new Map<string, Set<Lane>>();
  private _opened = 0;
}

function append(lanes: Map<string, Set<Lane>>, id: string, lane: Lane): void {
  lanes.set(id, (lanes.get(id) ?? new Set()).add(lane));
}
