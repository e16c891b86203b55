import type { Rows } from '../graph/rows';
import { firstOrigin, type Origin, rowOf, sourceOf } from '../engine/origin';
import type { Run } from '../engine/run';
import { Random } from '../util/random';
import { blockOf, dealOut, roundedSizes, sizesOf } from './deal';

/** Blocks that are remembered. */
const MOST_BLOCKS = 10_000;

/**
 * Deals rows of sources out to parts. Where it is known which rows there are, the parts have exactly the sizes that they are to have; else each block
 * of successive rows of a source is dealt out so, and only the last block, which the source does not fill, is off by a few.
 */
export class RowDeal {
  /** How many rows each part has; null where that is not known. */
  readonly sizes: readonly number[] | null;
  readonly #block: number;
  readonly #blocks = new Map<string, Uint16Array>();
  #dealt: Uint16Array | null = null;
  #ranks: Uint32Array | null = null;

  constructor(
    private readonly rows: Rows | null,
    private readonly shares: readonly number[],
    areCounts: boolean,
    private readonly seeds: readonly number[],
  ) {
    this.sizes = rows === null ? null : areCounts ? shares : sizesOf(rows.count, shares);
    this.#block = blockOf(shares);
  }

  /** The part of an item: its index plus 1; 0 for none. What was made of one row stays together. */
  partOf(run: Run, origin: Origin): number {
    const first = firstOrigin(origin);
    const entry = run.sourceEntry(sourceOf(first));
    const row = rowOf(first);
    const place = entry === undefined ? -1 : (this.rows?.at(entry.key, row) ?? -1);
    return place < 0 ? this.#inBlock(entry?.info.identity ?? 0, row) : this.#all()[place]!;
  }

  #all(): Uint16Array {
    return (this.#dealt ??= dealOut(this.rows!.count, this.sizes!, new Random(...this.seeds)));
  }

  #inBlock(source: number, row: number): number {
    const index = Math.floor(row / this.#block);
    const id = `${source} ${index}`;
    let block = this.#blocks.get(id);
    if (block === undefined) {
      const random = new Random(...this.seeds, source, index);
      block = dealOut(this.#block, roundedSizes(this.#block, this.shares, random.next()), random);
      if (this.#blocks.size >= MOST_BLOCKS) this.#blocks.clear();
      this.#blocks.set(id, block);
    }
    return block[row % this.#block]!;
  }

  /** The rows of a part, as far as they are known. */
  rowsOf(part: number): Rows | null {
    const { rows, sizes } = this;
    if (rows === null) return null;
    return {
      ...rows,
      count: sizes![part - 1]!,
      at: (source, row) => {
        const place = rows.at(source, row);
        return place < 0 || this.#all()[place] !== part ? -1 : this.#rankOf(place);
      },
    };
  }

  /** How many rows of its part are before a place. */
  #rankOf(place: number): number {
    if (this.#ranks === null) {
      const dealt = this.#all();
      const counts = new Uint32Array(this.shares.length + 1);
      this.#ranks = Uint32Array.from(dealt, (part) => counts[part]!++);
    }
    return this.#ranks[place]!;
  }
}
