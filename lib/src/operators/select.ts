import type { Chunk } from '../engine/chunk';
import type { Origin } from '../engine/origin';
import type { Run } from '../engine/run';
import type { Transform } from '../engine/transform-stage';

/** Keeps some of the items, whatever is in them; `keep` gets each item's index and origin. */
export class SelectTransform implements Transform {
  #index = 0;
  failure: Error | null = null;

  constructor(
    private readonly run: Run,
    private readonly keep: (index: number, origin: Origin, value: unknown) => boolean,
    /** How many items are needed for `count` more, the first of which has index `from`. */
    private readonly needed: (count: number, from: number) => number = (count) => count,
  ) {}

  demand(want: number): number {
    return Math.min(Math.max(want, this.run.chunk), this.needed(want, this.#index));
  }

  limit(limit: number): number {
    return this.needed(limit, this.#index);
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
