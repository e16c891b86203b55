/**
 * What a thread's time went to. Each millisecond is booked once: calls that are under way at the same time share the
 * thread, and none of them may count what another did meanwhile.
 */
export class ThreadTime {
  /** All that operations, and the recorder's looks at items, have booked. */
  bookedMs = 0;

  /**
   * When calls settled, and how much of the thread's time was free after each: ascending, as only the minimum since
   * some moment is needed.
   */
  readonly #levels: { settled: number; freeMs: number }[] = [];
  /** How many calls have settled. */
  settled = 0;

  book(ms: number): void {
    this.bookedMs += ms;
  }

  /** A call has settled and has booked what was its own; so much is free now. */
  settle(freeMs: number): void {
    const levels = this.#levels;
    while (levels.length > 0 && levels.at(-1)!.freeMs >= freeMs) levels.pop();
    levels.push({ settled: ++this.settled, freeMs });
    if (levels.length > MAX_LEVELS) levels.splice(0, MAX_LEVELS / 2);
  }

  /** The minimum that was free after each of the calls that have settled since `settled` had, and at most `freeMs`. */
  leastFree(settled: number, freeMs: number): number {
    const first = this.#levels.find((level) => level.settled > settled);
    return first === undefined ? freeMs : Math.min(freeMs, first.freeMs);
  }
}

/** Of more calls under way, the oldest are forgotten. */
const MAX_LEVELS = 256;

/** That of the thread which this code runs in. */
export const THREAD = new ThreadTime();

/**
 * A timed call that waits for something: when it began, what it took up to its latest claim, and how the thread stood
 * then.
 */
export interface Suspension {
  start: number;
  ownMs: number;
  idleMs: number;
  /** Of the thread's time: what nobody had booked, and how many calls had settled. */
  freeMs: number;
  settled: number;
  /** Calls of the same operation that settled untimed, ever, and what is booked for them. */
  untimedCalls: number;
  untimedMs: number;
}
