import type { Node } from '../graph/node';
import type { Rows } from '../graph/rows';
import { firstOrigin, type Origin, rowOf, sourceOf } from '../engine/origin';
import type { Run } from '../engine/run';
import { Random } from '../util/random';
import { blockOf, dealOut, roundedSizes, sizesOf } from './deal';

/** Blocks that are remembered. */
const MOST_BLOCKS = 10_000;

/**
 * Deals rows of sources out to parts. Shares of a shard are those of the whole that fall into it: parts of all shards
 * together are the parts of the whole. Where it is known which rows there are, the parts have exactly the sizes that
 * they are to have; else each block of successive rows of a source is dealt out so, and only the last block, which the
 * source does not fill, is off by a few.
 */
export class RowDeal {
  readonly #block: number;
  readonly #blocks = new Map<string, Uint16Array>();
  #dealt: Uint16Array | null = null;
  #ranks: Uint32Array | null = null;
  #sizes: readonly number[] | null = null;
  /** Deals out what all shards have together. */
  readonly #whole: RowDeal | null;

  /** `sources`: those of the rows. */
  constructor(
    private readonly rows: Rows | null,
    private readonly sources: readonly Node[],
    private readonly shares: readonly number[],
    private readonly areCounts: boolean,
    private readonly seeds: readonly number[],
  ) {
    this.#block = blockOf(shares);
    const whole = areCounts ? undefined : rows?.whole;
    this.#whole =
      whole === undefined ? null : new RowDeal({ ...whole, whole: undefined }, sources, shares, false, seeds);
  }

  /** How many rows each part has; null where that is not known. */
  get sizes(): readonly number[] | null {
    const { rows, shares } = this;
    if (rows === null) return null;
    return (this.#sizes ??=
      this.#whole === null ? (this.areCounts ? shares : sizesOf(rows.count, shares)) : this.#counted());
  }

  #counted(): number[] {
    const sizes = this.shares.map(() => 0);
    for (const part of this.#all()) if (part > 0) sizes[part - 1]!++;
    return sizes;
  }

  /** The part of an item: its index plus 1; 0 for none. What was made of one row stays together. */
  partOf(run: Run, origin: Origin): number {
    const first = firstOrigin(origin);
    const entry = run.sourceEntry(sourceOf(first));
    const row = rowOf(first);
    const place = entry === undefined ? -1 : (this.rows?.at(entry.key, row) ?? -1);
    return place < 0 ? this.#inBlock(entry?.info.identity ?? 0, row) : this.#all()[place]!;
  }

  /** The part of each row, by its place. */
  #all(): Uint16Array {
    return (this.#dealt ??=
      this.#whole === null
        ? dealOut(this.rows!.count, this.sizes!, new Random(...this.seeds))
        : this.#asInWhole(this.#whole));
  }

  #asInWhole(whole: RowDeal): Uint16Array {
    const dealt = new Uint16Array(this.rows!.count);
    for (const source of this.sources) {
      const length = source.length();
      for (let row = 0; length.kind === 'exact' && row < length.items; row++) {
        const place = this.rows!.at(source, row);
        if (place >= 0) dealt[place] = whole.#all()[whole.rows!.at(source, row)]!;
      }
    }
    return dealt;
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
      whole: this.#whole?.rowsOf(part) ?? undefined,
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
