import { callWithin } from '../../recorder/call-scope';
import { Chunk, END, type MaybePromise, type Pulled } from '../../engine/chunk';
import { closeIterator } from '../../engine/close-iterator';
import { closeAll } from '../../engine/inlet';
import { isMarked } from '../../engine/dataset-mark';
import type { Expansion } from '../../engine/flatten-stage';
import { type Origin, Part } from '../../engine/origin';
import { Pace } from '../../engine/pace';
import type { Probe } from '../../engine/probe';
import type { Stage } from '../../engine/stage';
import { within } from '../../engine/surrounding-epoch';
import { isThenable } from '../../engine/thenable';
import type { UserFunction } from '../../engine/user-function';

/** One of the streams that are open. */
interface Inner {
  readonly expansion: Expansion;
  readonly origin: Origin;
  readonly isDataset: boolean;
  iterator: Iterator<unknown> | AsyncIterator<unknown> | null;
  /** How many items it has given. */
  part: number;
  /** An item was asked for that has not come yet. */
  waiting: boolean;
}

/**
 * Emits the items of the incoming `Expansion`s, `blockLength` of each in turn. The order is that of tf.data: there are
 * `cycleLength` slots, and a slot whose stream has ended gets the next stream when its turn comes again.
 */
export class InterleaveStage implements Stage {
  readonly #places: (Inner | null)[] = [];
  #open = 0;
  /** The place whose turn it is, and how many items it has given in this turn. */
  #at = 0;
  #given = 0;
  /** What came in and has no place yet. */
  #next: Inner | null = null;
  readonly #pace = new Pace();
  #ended = false;
  #error: Error | null = null;

  constructor(
    private readonly upstream: Stage,
    private readonly fn: UserFunction,
    private readonly cycleLength: number,
    private readonly blockLength: number,
    /** Of the whole operation; that of `fn` is its inner one. */
    private readonly probe: Probe | null,
    /** What it iterates is at this epoch. */
    private readonly epoch: number,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#error !== null) throw this.#error;
    if (this.#ended && this.#open === 0 && this.#next === null) {
      this.probe?.finish();
      return END;
    }
    if (!this.#needsNext()) return this.#work(want);
    // No stream is opened before its turn.
    const pulled = this.upstream.pull(1, limit);
    return pulled instanceof Promise
      ? pulled.then((chunk) => this.#accept(chunk, want, limit))
      : this.#accept(pulled, want, limit);
  }

  #accept(chunk: Pulled, want: number, limit: number): MaybePromise<Pulled> {
    if (chunk === END) {
      this.#ended = true;
      return this.pull(want, limit);
    }
    if (chunk.length === 0) return chunk;
    const expansion = chunk.values[0] as Expansion;
    const isDataset = isMarked(expansion.items);
    this.#next = { expansion, origin: chunk.originAt(0), isDataset, iterator: null, part: 0, waiting: false };
    return this.#work(want);
  }

  #needsNext(): boolean {
    return this.#inner === null && this.#next === null && !this.#ended;
  }

  get #inner(): Inner | null {
    return this.#places[this.#at] ?? null;
  }

  #work(want: number): MaybePromise<Pulled> {
    return callWithin(this.fn.scope, () => within(this.epoch, () => this.#takeTurns(want)));
  }

  #takeTurns(want: number): MaybePromise<Pulled> {
    const output = Chunk.empty();
    // A dataset's operations are timed by themselves: waiting for it counts as waiting for upstream.
    if (this.#turn()?.isDataset === true) return this.#wait(this.#inner!, null, output, 0);
    const start = this.probe?.beginSource() ?? 0;
    const pace = this.#pace;
    pace.begin();
    for (let look = pace.stride; output.length < want && this.#error === null;) {
      const inner = this.#turn();
      if (inner === null || inner.isDataset) break;
      try {
        const result = iteratorOf(inner).next();
        if (isThenable(result)) return this.#wait(inner, result, output, start);
        this.#received(inner, result, output);
      } catch (error) {
        this.#failed(inner, error);
      }
      if (--look > 0) continue;
      if (pace.look()) break;
      look = pace.stride;
    }
    this.probe?.endSource(start, output.length);
    return this.#emit(output);
  }

  /**
   * The stream whose turn it is, which gets its place if need be; null where another has to come in first, or all have
   * ended.
   */
  #turn(): Inner | null {
    while (this.#inner === null && (this.#next !== null || (this.#ended && this.#open > 0))) {
      if (this.#next === null) this.#advance();
      else {
        this.#places[this.#at] = this.#next;
        this.#next = null;
        this.#open++;
      }
    }
    return this.#inner;
  }

  #advance(): void {
    this.#at = (this.#at + 1) % this.cycleLength;
    this.#given = 0;
  }

  /** For an item that is not there at once. `asked`: the item, where it was asked for. */
  async #wait(
    inner: Inner,
    asked: PromiseLike<IteratorResult<unknown>> | null,
    output: Chunk,
    start: number,
  ): Promise<Pulled> {
    const waited = asked === null ? (this.probe?.beginWait() ?? 0) : 0;
    inner.waiting = true;
    const suspension = this.probe?.suspend(start) ?? null;
    try {
      this.#received(inner, await (asked ?? iteratorOf(inner).next()), output);
    } catch (error) {
      this.#failed(inner, error);
    } finally {
      inner.waiting = false;
      if (asked === null) this.probe?.endWait(waited);
      else this.probe?.endSource(this.probe.resume(suspension), output.length);
    }
    return this.#emit(output);
  }

  #received(inner: Inner, result: IteratorResult<unknown>, output: Chunk): void {
    if (result.done === true) return this.#leave();
    output.values.push(result.value);
    output.origins.push(new Part(inner.origin, inner.part++));
    if (++this.#given === this.blockLength) this.#advance();
  }

  /** The stream whose turn it is has ended. */
  #leave(): void {
    this.#places[this.#at] = null;
    this.#open--;
    this.#advance();
  }

  /** The iterator that the function returned failed: as if the function had. */
  #failed({ expansion, origin }: Inner, cause: unknown): void {
    this.#error = this.fn.failed(cause, expansion.index, origin, expansion.input);
    this.#leave();
  }

  #emit(output: Chunk): Pulled {
    if (this.#error !== null && output.length === 0) throw this.#error;
    this.probe?.emit(output);
    return output;
  }

  close(): MaybePromise<void> {
    const inners = this.#places.splice(0);
    this.#open = 0;
    this.#next = null;
    this.#ended = true;
    const iterators = inners.map((inner) => ({
      close: () => closeIterator(inner?.iterator ?? null, inner?.waiting ?? false),
    }));
    return closeAll([...iterators, this.upstream]);
  }
}

function iteratorOf(inner: Inner): Iterator<unknown> | AsyncIterator<unknown> {
  const { items } = inner.expansion;
  return (inner.iterator ??= Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]());
}
