import { Chunk, END, MAX_CHUNK, type MaybePromise, type Pulled } from './chunk';
import { callWithin } from '../recorder/call-scope';
import { closeIterator } from './close-iterator';
import { isMarked } from './dataset-mark';
import { type Origin, Part } from './origin';
import type { Probe } from './probe';
import type { Stage } from './stage';
import { within } from './surrounding-epoch';
import { Pace } from './pace';
import { isThenable } from './thenable';
import type { UserFunction } from './user-function';

type Items = Iterable<unknown> | AsyncIterable<unknown>;

/** What a function returned for one item, yet to be expanded. */
export class Expansion {
  constructor(
    readonly items: Items,
    readonly input: unknown,
    /** Index of the input. */
    readonly index: number,
  ) {}
}

/** Emits the items of the incoming `Expansion`s, one after the other; of an iterator, no more than requested. */
export class FlattenStage implements Stage {
  #queue = Chunk.empty();
  #queued = 0;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | null = null;
  /** For an item of an asynchronous iterator. */
  #waiting = false;
  readonly #pace = new Pace();
  /** How many calls of iterators until the next look at the clock. */
  #untilLook = 1;
  /** The calls of this pull have taken long enough. */
  #held = false;
  #part = 0;
  #ended = false;
  #error: Error | null = null;

  constructor(
    private readonly upstream: Stage,
    private readonly fn: UserFunction,
    /** Of the whole operation; that of `fn` is its inner one. */
    private readonly probe: Probe | null,
    /** The items of a batch have origins of their own. */
    private readonly fromBatches: boolean,
    /** What it iterates is at this epoch. */
    private readonly epoch = 0,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#error !== null) throw this.#error;
    if (this.#queued < this.#queue.length) return this.#expand(want);
    if (this.#ended) return this.#end();
    // How many items one makes is not known: where only a few are wanted, one at a time.
    const pulled = this.upstream.pull(limit > MAX_CHUNK ? want : 1, limit);
    return pulled instanceof Promise ? pulled.then((chunk) => this.#accept(chunk, want)) : this.#accept(pulled, want);
  }

  #accept(chunk: Pulled, want: number): MaybePromise<Pulled> {
    if (chunk === END) {
      this.#ended = true;
      return this.#end();
    }
    this.#queue = chunk;
    this.#queued = 0;
    return this.#expand(want);
  }

  #end(): Pulled {
    this.probe?.finish();
    return END;
  }

  #expand(want: number): MaybePromise<Pulled> {
    const output = Chunk.empty();
    this.#pace.begin();
    this.#untilLook = this.#pace.stride;
    this.#held = false;
    while (!this.#held && output.length < want && this.#queued < this.#queue.length) {
      const { items } = this.#queue.values[this.#queued] as Expansion;
      try {
        if (Array.isArray(items)) this.#takeArrays(output, want);
        else {
          const waiting = callWithin(this.fn.scope, () => within(this.epoch, () => this.#iterate(items, output, want)));
          if (waiting !== null) return waiting;
        }
      } catch (error) {
        this.#failed(error);
        if (this.#error !== null) break;
      }
    }
    return this.#emit(output);
  }

  /** Of as many arrays as come one after the other, which are timed together. */
  #takeArrays(output: Chunk, want: number): void {
    const start = this.probe?.beginOutput() ?? 0;
    const first = output.length;
    while (output.length < want && this.#queued < this.#queue.length) {
      const { items } = this.#queue.values[this.#queued] as Expansion;
      if (!Array.isArray(items)) break;
      const end = Math.min(items.length, this.#part + want - output.length);
      while (this.#part < end) this.#add(output, (items as readonly unknown[])[this.#part]);
      if (this.#part >= items.length) this.#next();
    }
    this.probe?.endOutput(start, output.length - first);
  }

  /** Returns a promise where it has to wait for one. */
  #iterate(items: Items, output: Chunk, want: number): Promise<Pulled> | null {
    if (isMarked(items)) return this.#iterateDataset(items as AsyncIterable<unknown>, output);
    const start = this.probe?.beginSource() ?? 0;
    const first = output.length;
    this.#iterator ??= Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    let pending: PromiseLike<IteratorResult<unknown>> | null = null;
    try {
      while (output.length < want) {
        const result = this.#iterator.next();
        if (isThenable(result)) {
          pending = result;
          break;
        }
        const more = this.#received(result, output);
        this.#tellTime();
        if (!more || this.#held) break;
      }
    } finally {
      if (pending === null) this.#timed(start, output.length - first);
    }
    return pending === null ? null : this.#wait(pending, output, start, first);
  }

  /** A dataset's operations have times of their own: for the operation whose function made it they are upstream. */
  async #iterateDataset(items: AsyncIterable<unknown>, output: Chunk): Promise<Pulled> {
    const asked = this.probe?.beginWait() ?? 0;
    this.#waiting = true;
    try {
      this.#received(await (this.#iterator ??= items[Symbol.asyncIterator]()).next(), output);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#waiting = false;
      this.probe?.endWait(asked);
    }
    return this.#emit(output);
  }

  /** The time that an asynchronous iterator takes for an item is the operation's self time, as with a source. */
  async #wait(
    pending: PromiseLike<IteratorResult<unknown>>,
    output: Chunk,
    start: number,
    first: number,
  ): Promise<Pulled> {
    this.#waiting = true;
    const suspension = this.probe?.suspend(start) ?? null;
    try {
      this.#received(await pending, output);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#waiting = false;
      this.#timed(this.probe?.resume(suspension) ?? 0, output.length - first);
    }
    return this.#emit(output);
  }

  #tellTime(): void {
    if (--this.#untilLook > 0) return;
    this.#held = this.#pace.look();
    this.#untilLook = this.#pace.stride;
  }

  #timed(start: number, items: number): void {
    this.probe?.endSource(start, items);
  }

  /** False where the iterator has ended. */
  #received(result: IteratorResult<unknown>, output: Chunk): boolean {
    if (result.done === true) this.#next();
    else this.#add(output, result.value);
    return result.done !== true;
  }

  #add(output: Chunk, value: unknown): void {
    const origin = this.#queue.originAt(this.#queued);
    const index = this.#part++;
    output.values.push(value);
    output.origins.push(this.fromBatches ? originInBatch(origin, index) : new Part(origin, index));
  }

  #next(): void {
    this.#iterator = null;
    this.#part = 0;
    this.#queued++;
  }

  /** The iterator that the function returned failed: treated as a failure of the function. */
  #failed(cause: unknown): void {
    const { index, input } = this.#queue.values[this.#queued] as Expansion;
    this.#error = this.fn.failed(cause, index, this.#queue.originAt(this.#queued), input);
    this.#next();
  }

  #emit(output: Chunk): Pulled {
    if (this.#error !== null && output.length === 0) throw this.#error;
    this.probe?.emit(output);
    return output;
  }

  close(): MaybePromise<void> {
    const closing = closeIterator(this.#iterator, this.#waiting);
    this.#iterator = null;
    this.#queue = Chunk.empty();
    const closed = this.upstream.close();
    return closing instanceof Promise || closed instanceof Promise
      ? Promise.all([closing, closed]).then(() => undefined)
      : undefined;
  }
}

function originInBatch(origin: Origin, index: number): Origin {
  return Array.isArray(origin) ? (origin as readonly Origin[])[index]! : new Part(origin, index);
}
