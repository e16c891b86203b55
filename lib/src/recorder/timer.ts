import type { TimeStatistics } from '../provenance/document';
import { CLOCK_COST_MS, now } from './clock';
import { TimeSketch } from './time-sketch';

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

  /** After them; `start` is what `begin` answered. */
  end(start: number, items: number): void {
    if (start === 0 || items === 0) return;
    const reading = now();
    this.#record(reading - start - CLOCK_COST_MS, items, reading);
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

  /** `withSketch`: with the sketch, so that it can be merged with others. */
  statistics(withSketch = false): TimeStatistics | null {
    const sketch = this.#sketch;
    if (sketch === null) return null;
    const meanMs = this.#totalMs / this.#items;
    const quantile = (q: number): number => Math.min(sketch.quantile(q), this.#maxMs);
    return {
      totalMs: this.#totalMs + this.#pending * meanMs,
      meanMs,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      maxMs: this.#maxMs,
      timedItems: this.#timedItems,
      overlapping: this.overlapping,
      ...(withSketch ? { sketch: sketch.toJSON() } : {}),
    };
  }
}

/** What timing one chunk costs: two clock readings and the bookkeeping. */
const TIMING_MS = 150e-6;
