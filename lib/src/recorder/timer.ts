import { TimeSketch, type TimeStatistics } from 'stemma-document';
import { CLOCK_COST_MS, idle, now } from '../util/clock';
import { type Suspension, THREAD } from './thread-time';

/**
 * Times an operator's own work at a cost that its user does not notice.
 *
 * Chunks are timed as a whole. After each timed chunk a random number of items passes untimed: more, the cheaper the
 * operator is and the more items have passed, so that timing stays below 1 % of the work or below 2 ns an item,
 * whichever is more. What is timed is weighted by the items that it stands for, which keeps totals and quantiles true.
 * The gap is random since a fixed stride beats in time with batches and files. What passed untimed is never taken to be
 * longer than the thread had time for: a cold call stands for itself alone.
 */
export class Timer {
  /** Items to let pass before the next timed chunk. */
  #skip = 0;
  /** Items since the last timed chunk, which the next one stands for. */
  #pending = 0;
  #items = 0;
  #totalMs = 0;
  #maxMs = 0;
  #timedItems = 0;
  #timedMs = 0;
  #sketch: TimeSketch | null = null;
  /** Time that belongs to no item: to open what is read, to find that it has ended. */
  #otherMs = 0;
  /** How much of the thread's time nobody had booked when the latest timed chunk had ended. */
  #freeMs: number;
  /**
   * Calls that settled untimed: how many; what each was taken to be, together; and how much of that since the latest
   * timed one.
   */
  #untimedCalls = 0;
  #untimedMs = 0;
  #claimedMs = 0;
  /** For how long the item that is being timed waited for something else; null where it did not. */
  #awaitedMs: number | null = null;
  /** These times of all items. */
  #awaits: Timer | null = null;
  /** The time to emit items that came in earlier, such as those of a shuffle when its source has ended. */
  #output: Timer | null = null;
  readonly #createdMs = now();

  constructor(
    /** Asynchronous calls, under way at the same time. */
    readonly overlapping: boolean,
    /** Time every chunk, whatever it costs. */
    private readonly everything: boolean,
    private readonly thread = THREAD,
  ) {
    this.#freeMs = this.#createdMs - thread.bookedMs;
  }

  /** Before `items` are worked on: a clock reading, or 0 if they are not to be timed. */
  begin(items: number): number {
    this.#pending += items;
    return (this.#skip -= items) > 0 ? 0 : now();
  }

  /** `items` more belong to the interval that `begin(0)` started: a source learns how many only afterwards. */
  pass(items: number): void {
    this.#pending += items;
    this.#skip -= items;
  }

  /**
   * After them; `start` is what `begin` returned; `longestMs`: of a single one, if known. Work that ended without an
   * item counts in the total alone.
   */
  end(start: number, items: number, longestMs = 0): void {
    if (start === 0) return;
    const reading = now();
    const elapsedMs = Math.max(reading - start - CLOCK_COST_MS, 0);
    if (items > 0) this.#record(elapsedMs, items, reading, longestMs);
    else this.spend(elapsedMs);
  }

  /** `ms` of work that belongs to no item. */
  spend(ms: number): void {
    const spentMs = Math.max(ms, 0);
    this.#otherMs += spentMs;
    this.thread.book(spentMs);
    if (this.#awaitedMs !== null) (this.#awaits ??= new Timer(false, true)).#otherMs += this.#awaitedMs;
    this.#awaitedMs = null;
  }

  /** What was begun at `start` waits for a promise; null where it is not timed. */
  suspend(start: number): Suspension | null {
    if (start === 0) return null;
    const reading = now();
    const ownMs = Math.max(reading - start, 0);
    const idleMs = idle();
    this.thread.book(ownMs);
    const freeMs = reading - idleMs - this.thread.bookedMs;
    const { settled } = this.thread;
    return { start, ownMs, idleMs, freeMs, settled, untimedCalls: this.#untimedCalls, untimedMs: this.#untimedMs };
  }

  /** What the thread did since then, and nobody else booked, is this call's. */
  claim(suspension: Suspension): void {
    const { thread } = this;
    const freeMs = now() - idle() - thread.bookedMs;
    // Calls that settled meanwhile may have booked time from before this call, too.
    const ms = Math.max(freeMs - thread.leastFree(suspension.settled, suspension.freeMs), 0);
    thread.book(ms);
    thread.settle(freeMs - ms);
    suspension.ownMs += ms;
    suspension.freeMs = freeMs - ms;
    suspension.settled = thread.settled;
  }

  /**
   * The promise has settled: a start for `end`, as if the call had gone on all the time. Its own is what it claims; for
   * the time in which the thread had nothing to do it waited, but for `upstreamMs` of it. 0 for what is not timed.
   */
  resume(suspension: Suspension | null, upstreamMs = 0): number {
    if (suspension === null) return 0;
    this.claim(suspension);
    const { ownMs, idleMs, untimedCalls, untimedMs } = suspension;
    this.#awaitedMs = (this.#awaitedMs ?? 0) + Math.max(idle() - idleMs - upstreamMs, 0);
    // `end` books it.
    this.thread.book(-ownMs);
    // The thread's time is that of the calls which settled untimed, too.
    const elapsedMs = ownMs + this.#untimedMs - untimedMs;
    return now() - elapsedMs / (1 + this.#untimedCalls - untimedCalls);
  }

  /**
   * Before a call whose end others may come before: a clock reading, or 0 if it is not to be timed. It counts when it
   * has settled.
   */
  beginCall(): number {
    return --this.#skip > 0 ? 0 : now();
  }

  /**
   * A timed call has settled; `start` is what `resume` returned, or `beginCall` where there was nothing to wait for.
   */
  endCall(start: number): void {
    this.#pending++;
    this.end(start, 1);
  }

  /** A call that was not timed has settled. */
  passCall(): void {
    this.#pending++;
    const ms = this.#meanMs;
    this.#untimedCalls++;
    this.#untimedMs += ms;
    this.#claimedMs += ms;
    this.thread.book(ms);
  }

  /**
   * Call before items are emitted that were counted when they came in: they take time again, but are not counted again.
   */
  beginOutput(): number {
    return (this.#output ??= new Timer(this.overlapping, this.everything)).begin(0);
  }

  /** Call after `items` were emitted; `start` is what `beginOutput` returned. */
  endOutput(start: number, items: number): void {
    this.#output?.pass(items);
    this.#output?.end(start, items);
  }

  /** One item took `ms`, measured and booked elsewhere; it stands for `weight` of them. */
  book(ms: number, weight = 1): void {
    this.#timedItems++;
    this.#add(Math.max(ms, 0), weight);
  }

  /** One item took `ms`, booked elsewhere, and let the thread wait for `awaitedMs` more. */
  took(ms: number, awaitedMs: number): void {
    this.book(ms);
    (this.#awaits ??= new Timer(false, true)).book(awaitedMs);
  }

  #record(elapsedMs: number, items: number, reading: number, longestMs: number): void {
    const untimed = Math.max(0, this.#pending - items);
    this.#pending = 0;
    this.#timedItems += items;
    this.#timedMs += elapsedMs;
    const perItem = elapsedMs / items;
    if (untimed > 0) {
      const room = this.#roomMs(reading - elapsedMs);
      // Mostly there is, and then all items are alike.
      if (perItem * untimed <= room) this.#add(perItem, untimed + items);
      else {
        this.#add(room / untimed, untimed);
        this.#add(perItem, items);
      }
      this.thread.book(Math.min(perItem * untimed, room) - this.#claimedMs);
    } else this.#add(perItem, items);
    this.thread.book(elapsedMs);
    this.#claimedMs = 0;
    this.#freeMs = reading - this.thread.bookedMs;
    if (longestMs > this.#maxMs) this.#maxMs = longestMs;
    if (this.#awaitedMs !== null)
      (this.#awaits ??= new Timer(false, true)).#addAwaited(this.#awaitedMs / items, items, untimed);
    this.#awaitedMs = null;
    const mean = this.overlapping ? (reading - this.#createdMs) / this.#items : this.#timedMs / this.#timedItems;
    // Items that overlap take longer than they cost: there the pace of the stream says what timing may cost.
    const affordable = (this.overlapping ? CALL_TIMING_MS : TIMING_MS) / Math.max(mean * 0.01, 2e-6);
    const gap = Math.min(affordable, this.#items / 64, 4096);
    this.#skip = this.everything || gap <= 1 ? 0 : gap * (0.5 + Math.random());
  }

  #add(perItem: number, weight: number): void {
    this.#items += weight;
    this.#totalMs += perItem * weight;
    if (perItem > this.#maxMs) this.#maxMs = perItem;
    (this.#sketch ??= new TimeSketch()).add(perItem, weight);
  }

  #addAwaited(perItem: number, items: number, untimed: number): void {
    this.#timedItems += items;
    this.#add(perItem, items + untimed);
  }

  /** How much of the thread's time nobody else booked from the latest timed chunk to `until`. */
  #roomMs(until: number): number {
    return Math.max(0, until - this.thread.bookedMs + this.#claimedMs - this.#freeMs);
  }

  /** A run is over: what passed untimed since the latest timed chunk is taken for what it is now. */
  settle(): void {
    this.#output?.settle();
    if (this.#pending <= 0 || this.#items === 0) return;
    const reading = now();
    const ms = this.#pendingMs(reading);
    this.#add(ms / this.#pending, this.#pending);
    this.#pending = 0;
    this.thread.book(ms - this.#claimedMs);
    this.#claimedMs = 0;
    this.#freeMs = reading - this.thread.bookedMs;
  }

  #pendingMs(until: number): number {
    return this.#pending <= 0 ? 0 : Math.min(this.#pending * this.#meanMs, this.#roomMs(until));
  }

  /** All that was timed, and what it stands for. */
  get totalMs(): number {
    return this.#totalMs;
  }

  /** All time so far, with an estimate for the items that were not timed; null where none was. */
  get spentMs(): number | null {
    const outputMs = this.#output?.spentMs ?? null;
    if (this.#sketch === null) return outputMs;
    return this.#totalMs + this.#pendingMs(now()) + (outputMs ?? 0) + this.#otherMs;
  }

  get #meanMs(): number {
    return this.#items === 0 ? 0 : this.#totalMs / this.#items;
  }

  /** For how long its calls waited for what they had asked for, all together; null where none did. */
  get awaitedMs(): number | null {
    return this.#awaits?.spentMs ?? null;
  }

  /** The same by item, as `statistics`. */
  awaitStatistics(withSketch = false): TimeStatistics | null {
    return this.#awaits?.statistics(withSketch) ?? null;
  }

  /** `withSketch`: with the sketch, so that it can be merged with others. */
  statistics(withSketch = false): TimeStatistics | null {
    const own = this.#sketch;
    const output = this.#output?.statistics() ?? null;
    if (own === null) return output === null ? null : this.#output!.statistics(withSketch);
    const ownMeanMs = this.#meanMs;
    const { sketch, maxMs } = output === null ? { sketch: own, maxMs: this.#maxMs } : this.#withOutput(own, ownMeanMs);
    const quantile = (q: number): number => Math.min(sketch.quantile(q), maxMs);
    const outputMs = output?.totalMs ?? 0;
    return {
      totalMs: this.spentMs!,
      meanMs: ownMeanMs + (outputMs === 0 ? 0 : outputMs / (this.#items + this.#pending)),
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      maxMs,
      timedItems: this.#timedItems,
      overlapping: this.overlapping,
      ...(withSketch ? { sketch: sketch.toJSON() } : {}),
    };
  }

  /**
   * The times of items that took time twice: for those that were emitted later, their second time plus the mean of the
   * first times.
   */
  #withOutput(own: TimeSketch, ownMeanMs: number): { sketch: TimeSketch; maxMs: number } {
    const output = this.#output!;
    const perItem = output.#items / this.#items;
    const twice = Math.min(1, perItem);
    const sketch = new TimeSketch();
    own.forEach((ms, weight) => sketch.add(ms, weight * (1 - twice)));
    const factor = Math.max(1, perItem);
    output.#sketch!.forEach((ms, weight) => sketch.add(ownMeanMs + ms * factor, weight / factor));
    return { sketch, maxMs: Math.max(this.#maxMs, ownMeanMs + output.#maxMs * factor) };
  }
}

/** What timing one chunk costs: two clock readings and the bookkeeping. */
const TIMING_MS = 150e-6;
/**
 * What timing one asynchronous call costs: also to look how the thread stands when it begins to wait and when it has
 * waited.
 */
const CALL_TIMING_MS = 400e-6;
