import type { Origin } from './origin';

/**
 * A sequence of items on its way between two stages. The receiver owns a chunk and may change it in place, so that a
 * chain of maps and filters allocates nothing.
 */
export class Chunk {
  /** Null as long as they are successive numbers from `#first` on, which most never have to be written down. */
  #origins: Origin[] | null;
  #first = 0;
  #count = 0;

  constructor(
    readonly values: unknown[],
    /** As long as `values`. */
    origins: Origin[],
  ) {
    this.#origins = origins;
  }

  /** What a source emits: consecutive rows, the first of which has the origin `first`. */
  static successive(values: unknown[], first: number): Chunk {
    const chunk = new Chunk(values, NONE);
    chunk.#origins = null;
    chunk.#first = first;
    chunk.#count = values.length;
    return chunk;
  }

  static empty(): Chunk {
    return new Chunk([], []);
  }

  get length(): number {
    return this.values.length;
  }

  /** Where each value came from; as long as `values`. */
  get origins(): Origin[] {
    return (this.#origins ??= this.#written());
  }

  #written(): Origin[] {
    const origins = new Array<Origin>(this.#count);
    for (let i = 0; i < origins.length; i++) origins[i] = this.#first + i;
    return origins;
  }

  /** Where value `i` came from. */
  originAt(i: number): Origin {
    return this.#origins === null ? this.#first + i : this.#origins[i]!;
  }

  /** The origin of the first value, where the others follow it one by one; else null. */
  get successiveFrom(): number | null {
    return this.#origins === null ? this.#first : null;
  }

  /** Cuts off everything from `length` on. */
  truncate(length: number): void {
    this.values.length = length;
    if (this.#origins !== null) this.#origins.length = length;
    else this.#count = length;
  }

  /** The first values are other ones now, with these origins; the rest is cut off. */
  keep(origins: Origin[]): void {
    this.values.length = origins.length;
    this.#origins = origins;
  }
}

const NONE: Origin[] = [];

/** The end of a stream. An empty chunk is something else: nothing yet, pull again. */
export const END = null;

export type Pulled = Chunk | typeof END;
export type MaybePromise<T> = T | Promise<T>;

/** Maximum number of items that one pull returns. */
export const MAX_CHUNK = 512;
