import { TimeSketch, type TimeStatistics } from 'stemma-document';
import { CLOCK_COST_MS, now } from '../util/clock';

/**
 * Times an operator's own work at a cost that its user does not notice.
 *
 * Chunks are timed as a whole. After each timed chunk a random number of items passes untimed: more, the cheaper the operator is and
 * the more items have passed, so that timing stays below 1 % of the work or below 2 ns an item, whichever is more. What is timed is weighted by the items
 * that it stands for, which keeps totals and quantiles true. The gap is random since a fixed stride beats in time with batches and files.
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
  /** What putting out items takes that came in before: a shuffle's, when its source has ended. */
  #output: Timer | null = null;
  readonly #createdMs = now();

  constructor(
    /** Asynchronous calls, under way at the same time. */
    readonly overlapping: boolean,
    /** Time every chunk, whatever it costs. */
    private readonly everything: boolean,
  ) {}

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

  /** After them; `start` is what `begin` returned. Work that ended without an item counts in the total alone. */
  end(start: number, items: number): void {
    if (start === 0) return;
    const reading = now();
    const elapsedMs = reading - start - CLOCK_COST_MS;
    if (items > 0) this.#record(elapsedMs, items, reading);
    else this.spend(elapsedMs);
  }

  /** `ms` of work that belongs to no item. */
  spend(ms: number): void {
    this.#otherMs += Math.max(ms, 0);
  }

  /** Before items are put out that were counted when they came in: they take time a second time, but are not counted again. */
  beginOutput(): number {
    return (this.#output ??= new Timer(this.overlapping, this.everything)).begin(0);
  }

  /** After `items` were put out; `start` is what `beginOutput` returned. */
  endOutput(start: number, items: number): void {
    this.#output?.pass(items);
    this.#output?.end(start, items);
  }

  /** One item took `ms`, measured elsewhere; it stands for `weight` of them. */
  book(ms: number, weight = 1): void {
    this.#pending += weight;
    this.#record(ms, 1, 0);
  }

  #record(elapsedMs: number, items: number, reading: number): void {
    const weight = this.#pending;
    this.#pending = 0;
    this.#items += weight;
    this.#timedItems += items;
    const ms = Math.max(elapsedMs, 0);
    this.#timedMs += ms;
    const perItem = ms / items;
    this.#totalMs += perItem * weight;
    if (perItem > this.#maxMs) this.#maxMs = perItem;
    (this.#sketch ??= new TimeSketch()).add(perItem, weight);
    const mean = this.overlapping ? (reading - this.#createdMs) / this.#items : this.#timedMs / this.#timedItems;
    // Items that overlap take longer than they cost: there the pace of the stream says what timing may cost.
    const affordable = TIMING_MS / Math.max(mean * 0.01, 2e-6);
    const gap = Math.min(affordable, this.#items / 64, 4096);
    this.#skip = this.everything || gap <= 1 ? 0 : gap * (0.5 + Math.random());
  }

  /** All that was timed, and what it stands for. */
  get totalMs(): number {
    return this.#totalMs;
  }

  /** All time so far, with an estimate of what was not timed; null where nothing was. */
  get spentMs(): number | null {
    const outputMs = this.#output?.spentMs ?? null;
    if (this.#sketch === null) return outputMs;
    return this.#totalMs + this.#pending * this.#meanMs + (outputMs ?? 0) + this.#otherMs;
  }

  get #meanMs(): number {
    return this.#items === 0 ? 0 : this.#totalMs / this.#items;
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

  /** The times of items which took time twice: of those that were put out later the sum, the mean of the first times standing for each of them. */
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
