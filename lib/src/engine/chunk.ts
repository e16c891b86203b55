import type { Origin } from './origin';

/**
 * A run of items on its way between two stages. Whoever is handed a chunk owns it and may change it in place: a
 * chain of maps and filters then allocates nothing.
 */
export class Chunk {
  constructor(
    readonly values: unknown[],
    /** Where each value came from; as long as `values`. */
    readonly origins: Origin[],
  ) {}

  get length(): number {
    return this.values.length;
  }

  /** Cuts off everything from `length` on. */
  truncate(length: number): void {
    this.values.length = length;
    this.origins.length = length;
  }

  static empty(): Chunk {
    return new Chunk([], []);
  }
}

/** The end of a stream. An empty chunk is something else: nothing yet, pull again. */
export const END = null;

export type Pulled = Chunk | typeof END;
export type MaybePromise<T> = T | Promise<T>;

/** The most items that one pull hands on. */
export const MAX_CHUNK = 512;
