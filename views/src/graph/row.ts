/**
 * What is taken in one row of the graph, as stretches across the flow that never overlap. Stretches that touch are kept
 * as one, so that a full row is passed in one step.
 */
export class Row {
  /** Take a stretch for an owner. */
  occupy(owner: string, from: number, to: number): void {
    this._taken.push({ owner, from, to });
    insert(this._stretches, from, to);
  }

  /** Give back what these have. */
  release(owners: ReadonlySet<string>): void {
    const kept = this._taken.filter(({ owner }) => !owners.has(owner));
    if (kept.length !== this._taken.length) {
      this._taken = kept;
      this._stretches = [];
      [...kept].sort((a, b) => a.from - b.from).forEach(({ from, to }) => insert(this._stretches, from, to));
    }
  }

  /** The stretch that takes some of the space between two points, or undefined where all of it is free. */
  blocking(from: number, to: number): Stretch | undefined {
    const stretch = this._stretches[firstEndingAfter(this._stretches, from)];
    return stretch && stretch.from < to ? stretch : undefined;
  }

  /** Where the first stretch begins that lies behind a point; infinity where none does. */
  nextAfter(at: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { from } of this._taken) {
      if (from >= at && from < next) {
        next = from;
      }
    }
    return next;
  }

  private _taken: (Stretch & { owner: string })[] = [];
  private _stretches: Stretch[] = [];
}

export interface Stretch {
  from: number;
  to: number;
}

function insert(stretches: Stretch[], from: number, to: number): void {
  const first = firstEndingAfter(stretches, from - 1);
  let last = first;
  for (let next = stretches[last]; next && next.from <= to; next = stretches[++last]) {
    from = Math.min(from, next.from);
    to = Math.max(to, next.to);
  }
  stretches.splice(first, last - first, { from, to });
}

function firstEndingAfter(stretches: readonly Stretch[], at: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch).to > at) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** What has to be free in one row, to the left and to the right of a point. */
export interface Span {
  row: Row;
  left: number;
  right: number;
}

/** The point nearest to the wish at which all of these are free; on the far side only, unless `bothSides`. */
export function nearestFree(wish: number, spans: readonly Span[], bothSides: boolean): number {
  const search = (isFurther: boolean): number => {
    let x = wish;
    for (let moved = true; moved;) {
      moved = false;
      for (const { row, left, right } of spans) {
        const stretch = row.blocking(x - left, x + right);
        if (stretch) {
          x = isFurther ? stretch.to + left : stretch.from - right;
          moved = true;
        }
      }
    }
    return x;
  };
  const right = search(true);
  if (!bothSides || right === wish) {
    return right;
  }
  const left = search(false);
  return right - wish <= wish - left ? right : left;
}
