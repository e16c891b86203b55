import { idle, now } from '../../util/clock';
import type { Suspension } from '../../recorder/thread-time';
import { type Chunk, END, MAX_CHUNK, type MaybePromise, type Pulled } from '../../engine/chunk';
import { pipelineError } from '../../engine/errors';
import { Inlet } from '../../engine/inlet';
import { type AnyIterator, IteratorStage } from '../../engine/iterator-stage';
import { type Origin, Part } from '../../engine/origin';
import type { Probe } from '../../engine/probe';
import type { Run } from '../../engine/run';
import type { Stage } from '../../engine/stage';
import { plural } from '../../util/plural';

/**
 * What an operation on the whole stream gets: its items, once. A synchronous loop over them needs a synchronous
 * pipeline before it.
 */
export interface StreamItems<T> extends AsyncIterable<T>, Iterable<T> {}

/** What an operation on the whole stream gets beside the items. */
export interface StreamContext {
  /** Aborted when the run ends early. */
  readonly signal: AbortSignal;
  /** Index of the item that was read last, from 0; -1 before the first. */
  readonly index: number;
  /**
   * `value`, made of the items with these indices: yield what it returns. Of the latest 4,096 items it is known where
   * they came from.
   */
  from<U>(value: U, ...indices: number[]): U;
}

type Iterate = (items: StreamItems<unknown>, context: StreamContext) => AnyIterator;

/** Of how many items it is known where they came from. */
const REMEMBERED = 4096;

/** A value whose origins the function named. */
class Marked {
  constructor(
    readonly value: unknown,
    readonly indices: readonly number[],
  ) {}
}

/**
 * An operation of the user's on the whole stream: a generator that reads the items and yields others. It is read no
 * further than its items are wanted.
 */
export class ThroughStage extends IteratorStage {
  readonly #inlet: Inlet;
  readonly #origins: Origin[] = [];
  #read = 0;
  #yielded = 0;
  /** How many items were yielded since an item was read. */
  #parts = 0;
  #want = 1;
  #ended = false;
  #finished = false;
  #failure: Error | null = null;
  /**
   * How long upstream worked in this pull before the function returned a promise; and how long the thread waited for it
   * after that.
   */
  #upstreamMs = 0;
  #upstreamIdleMs = 0;
  #isFilled = false;

  constructor(
    upstream: Stage,
    private readonly iterate: Iterate,
    private readonly place: { kind: string; label: string },
    private readonly run: Run,
    probe: Probe | null,
    /** How many items it is to yield; null where that is not known. */
    private readonly length: number | null = null,
    /**
     * What is before it gives a promise at first, and items at once from then on: a synchronous function needs one of
     * these.
     */
    private readonly fillsFirst = false,
  ) {
    super(probe?.scope(run.signal) ?? null, probe);
    this.#inlet = new Inlet(upstream, probe);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#ended) return this.#finish();
    // How many items it reads for one is not known: where only a few are wanted, one at a time.
    this.#want = limit > MAX_CHUNK ? want : 1;
    this.#upstreamMs = 0;
    if (this.fillsFirst && !this.#isFilled) {
      this.#isFilled = true;
      const filled = this.#fill();
      if (filled instanceof Promise) return filled.then(() => this.pull(want, limit));
    }
    return this.read(want, this.probe?.beginSource() ?? 0);
  }

  protected open(): AnyIterator {
    return this.iterate(this.#items, this.#makeContext());
  }

  /** False where the function has ended. */
  protected take({ done, value }: IteratorResult<unknown>, chunk: Chunk): boolean {
    if (done === true) {
      if (this.length !== null && this.#yielded < this.length) throw this.#otherLength(`${this.#yielded}`);
      this.#ended = true;
      return false;
    }
    if (this.length !== null && this.#yielded === this.length) throw this.#otherLength('more');
    this.#yielded++;
    const isMarked = value instanceof Marked;
    chunk.values.push(isMarked ? value.value : value);
    chunk.origins.push(isMarked ? this.#originsOf(value.indices) : this.#latestOrigin());
    return true;
  }

  /** What the function does not say the origins of came from the item that it read last. */
  #latestOrigin(): Origin {
    const part = this.#parts++;
    if (this.#read === 0) return new Part([], part);
    const origin = this.#originAt(this.#read - 1);
    return part === 0 ? origin : new Part(origin, part);
  }

  #otherLength(got: string): RangeError {
    return new RangeError(`expected ${plural(this.length!, 'item')}, as the option length says, got ${got}`);
  }

  #originsOf(indices: readonly number[]): Origin {
    const known = indices.filter((index) => index >= 0 && index < this.#read && index >= this.#read - REMEMBERED);
    return known.length === 1 ? this.#originAt(known[0]!) : known.map((index) => this.#originAt(index));
  }

  #originAt(index: number): Origin {
    return this.#origins[index % REMEMBERED]!;
  }

  #next(): unknown {
    const { value, origin } = this.#inlet.take();
    this.#origins[this.#read++ % REMEMBERED] = origin;
    this.#parts = 0;
    return value;
  }

  /** A promise where items have to be waited for. */
  #fill(): MaybePromise<void> {
    this.run.throwIfAborted();
    const asked = this.probe === null ? 0 : now();
    const filled = this.#inlet.fill(this.#want, Infinity);
    if (this.probe === null) return filled;
    this.#upstreamMs += now() - asked;
    if (!(filled instanceof Promise)) return;
    const idleMs = idle();
    return filled.finally(() => (this.#upstreamIdleMs += idle() - idleMs));
  }

  readonly #items: StreamItems<unknown> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        while (this.#inlet.available === 0 && !this.#inlet.ended) {
          const filled = this.#fill();
          // An empty chunk says "not yet": the event loop gets its turn.
          await (filled ?? (this.#inlet.available === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined));
        }
        return this.#result();
      },
    }),
    [Symbol.iterator]: () => ({
      next: () => {
        while (this.#inlet.available === 0 && !this.#inlet.ended) {
          const filled = this.#fill();
          if (!(filled instanceof Promise)) continue;
          // Nobody will wait for it.
          filled.catch(() => undefined);
          throw new TypeError(
            'expected items at once, got promises of them from the operations before it; ' +
              'write async function* and for await',
          );
        }
        return this.#result();
      },
    }),
  };

  #result(): IteratorResult<unknown> {
    return this.#inlet.available > 0 ? { done: false, value: this.#next() } : { done: true, value: undefined };
  }

  #makeContext(): StreamContext {
    const index = (): number => this.#read - 1;
    return {
      signal: this.run.signal,
      get index() {
        return index();
      },
      from: <U>(value: U, ...indices: number[]): U => new Marked(value, indices) as U,
    };
  }

  protected override suspend(start: number): Suspension | null {
    const suspension = super.suspend(start === 0 ? 0 : start + this.#upstreamMs);
    this.#upstreamIdleMs = 0;
    return suspension;
  }

  /** What upstream did meanwhile is booked there. */
  protected override resume(suspension: Suspension | null): number {
    this.#upstreamMs = 0;
    return this.probe?.resume(suspension, this.#upstreamIdleMs) ?? 0;
  }

  /** The items before the error are passed on first. An error from upstream keeps its own position. */
  protected fail(cause: unknown, chunk: Chunk, start: number): MaybePromise<Pulled> {
    this.#ended = true;
    this.#failure = this.run.aborted
      ? (this.run.signal.reason as Error)
      : pipelineError(cause, {
          ...this.place,
          index: this.#read === 0 ? null : this.#read - 1,
          origin: this.#read === 0 ? null : this.run.describeOrigin(this.#originAt(this.#read - 1)),
        });
    if (!this.run.aborted && this.#failure !== cause) this.probe?.fail(this.#failure);
    if (chunk.length === 0) throw this.#failure;
    return this.emit(chunk, start);
  }

  protected emit(chunk: Chunk, start: number): MaybePromise<Pulled> {
    if (start !== 0) this.probe?.endSource(start + this.#upstreamMs, chunk.length);
    else this.probe?.endSource(0, chunk.length);
    this.probe?.emit(chunk);
    return chunk.length > 0 || !this.#ended ? chunk : this.#finish();
  }

  /** Once; its last items may have come with the end. */
  #finish(): MaybePromise<Pulled> {
    if (this.#finished) return END;
    this.#finished = true;
    this.probe?.finish();
    const closed = this.#inlet.close();
    return closed instanceof Promise ? closed.then(() => END) : END;
  }

  close(): MaybePromise<void> {
    const closing = this.#ended ? undefined : this.closeIterator();
    this.#ended = true;
    const closed = this.#inlet.close();
    return closing instanceof Promise || closed instanceof Promise
      ? Promise.all([closing, closed]).then(() => undefined)
      : undefined;
  }
}
