import { now } from '../util/clock';

/** The most calls between two looks at the clock: one costs as much as a few dozen of the cheapest calls. */
const MAX_STRIDE = 256;
/** Calls that take longer than this together are looked at more often. */
const LOOK_MS = 0.006;
/** A loop that has run for this long stops and yields to the event loop. */
const HOLD_MS = 2;

/**
 * Says when a loop over a user's calls has kept the thread for long enough. It looks at the clock after each call at
 * first, more seldom where calls are found to be cheap: a function that turns slow in mid-stream goes unnoticed for
 * `MAX_STRIDE` calls at most, and once.
 */
export class Pace {
  /** How many calls to make before the next `look`. */
  stride = 1;
  /** The longest of the calls that were looked at one by one, since this was set to 0. */
  longestMs = 0;
  #startMs = 0;
  #lookedMs = 0;
  #sure = false;

  /** Before a loop; one of no more calls than `stride` need not begin. */
  begin(): void {
    this.#sure = this.stride < MAX_STRIDE;
    if (this.#sure) this.#startMs = this.#lookedMs = now();
  }

  /** After `stride` calls: true where the loop is to stop. */
  look(): boolean {
    const reading = now();
    const elapsedMs = reading - this.#lookedMs;
    this.#lookedMs = reading;
    if (this.#sure) {
      if (elapsedMs > this.longestMs && this.stride === 1) this.longestMs = elapsedMs;
      this.stride = elapsedMs < LOOK_MS ? Math.min(2 * this.stride, MAX_STRIDE) : Math.max(1, this.stride >> 1);
      return reading - this.#startMs > HOLD_MS;
    }
    // The time since another loop's last look is more than this one's calls took: much of it is a reason to look again
    // soon.
    this.#sure = true;
    this.#startMs = reading;
    if (elapsedMs > HOLD_MS) this.stride = 1;
    return false;
  }
}
