import type { FieldStatistics } from 'stemma-document';
import { now } from '../../util/clock';
import { FairChoice } from './fair-choice';
import { type FieldLimits, FieldSample } from './field-sample';

/** Beyond `MOST` items, half of them are dropped; `LEAST` are kept whatever they take. */
const MOST = 512;
const LEAST = 128;
/** Looked at by code that is not compiled yet: what these take does not count. */
const FREE = 8;
/** What looking may take in a run: so much at once, and a share of its duration. */
const ALLOWANCE_MS = 0.25;
const BUDGET = 0.0005;

/**
 * Statistics of the fields of a stream, over all runs: each item of it has the same chance of being among those that
 * they are of. Of streams of up to 512 items they are of all. Where looking takes too long, fewer items are kept.
 */
export class StreamStatistics {
  readonly #choice = new FairChoice();
  readonly #fields: FieldSample;
  #spentMs = 0;

  constructor(limits: FieldLimits) {
    this.#fields = new FieldSample(limits);
  }

  /** Position in the stream, over all runs, of the next item to look at. */
  get next(): number {
    return this.#choice.next;
  }

  get more(): boolean {
    return this.#fields.more;
  }

  /** About what they take in memory. */
  get bytes(): number {
    return this.#fields.bytes;
  }

  /** A run begins, with a budget of its own. */
  begin(): void {
    this.#spentMs = 0;
  }

  /**
   * Looks at those of the values whose turn it is; `from` is the position of the first of them. `read`: what is shown
   * of a value. Returns how many milliseconds it took.
   */
  observe(values: readonly unknown[], from: number, read: (value: unknown) => unknown, runStartedMs: number): number {
    const end = from + values.length;
    const began = now();
    while (this.#choice.next < end) {
      const position = this.#choice.next;
      this.#fields.add(read(values[position - from]));
      this.#choice.advance(position);
      if (this.#fields.items > MOST) this.#thin(position + 1);
    }
    const ended = now();
    if (from >= FREE) this.#spentMs += ended - began;
    const isCostly = this.#spentMs > ALLOWANCE_MS + BUDGET * (ended - runStartedMs);
    if (isCostly && this.#fields.items > 2 * LEAST) this.#thin(end);
    return ended - began;
  }

  /** Gives up memory: a smaller choice is as fair. `position`: how many items the stream had up to now. */
  shrink(position: number): void {
    while (this.#fields.items > 2 * LEAST) this.#thin(position);
  }

  /** A run is over. */
  settle(): void {
    this.#fields.settle();
  }

  /** `withSketch`: what merging needs, which live patches do without. */
  statistics(withSketch: boolean): FieldStatistics[] {
    return this.#fields.statistics(withSketch);
  }

  #thin(position: number): void {
    this.#fields.keep(this.#choice.halve(this.#fields.items, position));
  }
}
