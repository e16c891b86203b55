import type { Chunk } from './chunk';
import { type Origin, Part } from './origin';

/**
 * How many comparisons an artifact spends on items that do not come by: a filter took them, or the stream is endless.
 */
const GIVE_UP = 200_000;

/** Looks out, at one artifact, for the few items that a run follows. */
export class Traced {
  readonly #missing: number[] = [];
  #known = 0;
  #left = GIVE_UP;

  /** `origins` may grow while the run goes on: a source that is opened later adds its own. */
  constructor(private readonly origins: readonly number[]) {}

  /** Whether it is worth calling `find`. */
  get waiting(): boolean {
    return this.#left > 0 && (this.#known < this.origins.length || this.#missing.length > 0);
  }

  /**
   * The places of traced items in a chunk, and which these are; each one is found once. A batch is found by any of its
   * items.
   */
  find(chunk: Chunk): Map<number, number[]> {
    const missing = this.#missing;
    while (this.#known < this.origins.length) missing.push(this.origins[this.#known++]!);
    const places = new Map<number, number[]>();
    const { successiveFrom } = chunk;
    if (successiveFrom !== null) {
      this.#left -= missing.length;
      for (let i = missing.length - 1; i >= 0; i--) {
        const at = missing[i]! - successiveFrom;
        if (at >= 0 && at < chunk.length) this.#found(i, at, places);
      }
      return places;
    }
    this.#search(chunk.origins, (at) => at, places);
    return places;
  }

  /** `placeOf`: where in the chunk that is which is at a place of this list. */
  #search(origins: readonly Origin[], placeOf: (at: number) => number, places: Map<number, number[]>): void {
    const missing = this.#missing;
    if (typeof origins[0] !== 'number') {
      for (let at = 0; at < origins.length && missing.length > 0; at++) this.#visit(origins[at]!, placeOf(at), places);
      return;
    }
    this.#left -= origins.length * missing.length;
    for (let i = missing.length - 1; i >= 0; i--) {
      const at = origins.indexOf(missing[i]!);
      if (at >= 0) this.#found(i, placeOf(at), places);
    }
  }

  #visit(origin: Origin, at: number, places: Map<number, number[]>): void {
    if (origin instanceof Part) this.#visit(origin.of, at, places);
    else this.#search(typeof origin === 'object' ? origin : [origin], () => at, places);
  }

  #found(i: number, at: number, places: Map<number, number[]>): void {
    const [origin] = this.#missing.splice(i, 1);
    const others = places.get(at);
    if (others === undefined) places.set(at, [origin!]);
    else others.push(origin!);
  }
}
