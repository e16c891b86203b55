import type { MaybePromise, Pulled } from './chunk';
import type { Place } from './place';

/** One operation at work in one run. Stages form a tree; the sink pulls at its root. */
export interface Stage {
  /**
   * Up to `want` items now, or an empty chunk (nothing yet, pull again), or END.
   *
   * `limit` is the most that will ever be asked of this stage from here on, this pull included; a stage that reads
   * ahead stays below it, so that `take(5)` reads five items. One pull at a time: the next waits for the promise of the
   * one before. After an error a stage is finished.
   */
  pull(want: number, limit: number): MaybePromise<Pulled>;
  /** Releases what the stage holds, sources above all. Idempotent; no pull may follow. */
  close(): MaybePromise<void>;
  /**
   * Goes on at `place` instead of at the beginning, without what leads there being run again; before the first pull.
   * Returns what to pull from, mostly itself; null, with nothing changed, where it cannot.
   */
  seek?(place: Place): Stage | null;
}
