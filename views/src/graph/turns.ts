/** A stretch across the flow at which an edge turns aside between two rows. */
interface Turn {
  edge: string;
  source: string;
  target: string;
  from: number;
  to: number;
  track: number;
}

/**
 * The tracks between two rows in which edges run aside. Edges of different streams into different steps that would lie
 * on each other get tracks of their own, as far as there are any: else nobody could tell which stream goes where.
 */
export class Turns {
  constructor(private readonly _tracks: number) {}

  /** A track for the stretch of an edge between two places across the flow. */
  take(rank: number, { edge, source, target, from, to }: Omit<Turn, 'track'>): number {
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    const others = (this._byRank.get(rank) ?? []).filter(
      (other) => other.source !== source && other.target !== target && other.from <= right && other.to >= left,
    );
    let track = 0;
    while (track < this._tracks - 1 && others.some((other) => other.track === track)) {
      track++;
    }
    const turn = { edge, source, target, from: left, to: right, track };
    this._byRank.set(rank, [...(this._byRank.get(rank) ?? []), turn]);
    this._ranks.set(edge, [...(this._ranks.get(edge) ?? []), rank]);
    return track;
  }

  release(edge: string): void {
    for (const rank of this._ranks.get(edge) ?? []) {
      const left = this._byRank.get(rank)?.filter((turn) => turn.edge !== edge) ?? [];
      this._byRank.set(rank, left);
    }
    this._ranks.delete(edge);
  }

  clear(): void {
    this._byRank.clear();
    this._ranks.clear();
  }

  private readonly _byRank = new Map<number, readonly Turn[]>();
  private readonly _ranks = new Map<string, readonly number[]>();
}
