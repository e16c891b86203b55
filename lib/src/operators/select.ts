import type { Chunk } from '../engine/chunk';
import type { Origin } from '../engine/origin';
import type { Place } from '../engine/place';
import type { Run } from '../engine/run';
import type { Transform } from '../engine/transform-stage';

/** Keeps some of the items, whatever is in them; `keep` gets each item's index and origin. */
export class SelectTransform implements Transform {
  #index = 0;
  failure: Error | null = null;

  constructor(
    private readonly run: Run,
    private readonly keep: (index: number, origin: Origin, value: unknown) => boolean,
    /** Where the indices decide: how many items are needed for `count` more, the first of which has index `from`. */
    private readonly needed: ((count: number, from: number) => number) | null = null,
  ) {}

  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    if (this.needed === null) return { upstream: { ...place, count: null } };
    if (place.count === null || place.again.length > 0) return null;
    const count = this.needed(place.count, 0);
    return { upstream: { ...place, count }, begin: () => void (this.#index = count) };
  }

  demand(want: number): number {
    return Math.min(Math.max(want, this.run.chunk), this.#needed(want));
  }

  limit(limit: number): number {
    return this.#needed(limit);
  }

  #needed(count: number): number {
    return this.needed === null ? count : this.needed(count, this.#index);
  }

  push(input: Chunk): Chunk {
    const { values, origins } = input;
    let kept = 0;
    try {
      for (let i = 0; i < values.length; i++) {
        if (!this.keep(this.#index++, origins[i]!, values[i])) continue;
        values[kept] = values[i];
        origins[kept++] = origins[i]!;
      }
    } catch (error) {
      // The items before it are passed on first.
      this.failure = error as Error;
    }
    input.truncate(kept);
    return input;
  }
}
