import { type CallScope, callWithin, enterScope, followsScopes, leaveScope } from '../recorder/call-scope';
import type { Suspension } from '../recorder/thread-time';
import { Chunk, type MaybePromise, type Pulled } from './chunk';
import { closeIterator } from './close-iterator';
import { Pace } from './pace';
import type { Probe } from './probe';
import type { Stage } from './stage';
import { isThenable } from './thenable';

/** An iterator of either kind, as far as it is used. */
export interface AnyIterator {
  next(): IteratorResult<unknown> | PromiseLike<IteratorResult<unknown>>;
  return?(): unknown;
}

/** A stage whose items a user's iterator makes, synchronous or not. */
export abstract class IteratorStage implements Stage {
  #iterator: AnyIterator | null = null;
  #waiting = false;
  readonly #pace = new Pace();

  /** `scope`: datasets that the iterator makes belong to it. */
  constructor(
    private readonly scope: CallScope | null,
    protected readonly probe: Probe | null,
  ) {}

  abstract pull(want: number, limit: number): MaybePromise<Pulled>;
  abstract close(): MaybePromise<void>;

  protected abstract open(): AnyIterator;
  /** Adds an item to the chunk. False where the iterator has ended. */
  protected abstract take(result: IteratorResult<unknown>, chunk: Chunk): boolean;
  /** What is passed on where the iterator threw; `chunk` has what came before. */
  protected abstract fail(thrown: unknown, chunk: Chunk, start: number): MaybePromise<Pulled>;
  protected abstract emit(chunk: Chunk, start: number): MaybePromise<Pulled>;

  /** The iterator gave a promise; `resume` gets what this returns. */
  protected suspend(start: number): Suspension | null {
    return this.probe?.suspend(start) ?? null;
  }

  /** A start for `fail` and `emit`. */
  protected resume(suspension: Suspension | null): number {
    return this.probe?.resume(suspension) ?? 0;
  }

  /** Up to `want` items in one chunk; `start` goes to `fail` and `emit`. */
  protected read(want: number, start: number): MaybePromise<Pulled> {
    const chunk = Chunk.empty();
    const outer = enterScope(this.scope);
    try {
      const iterator = (this.#iterator ??= this.open());
      const pace = this.#pace;
      if (want > pace.stride) pace.begin();
      for (let i = 0, look = pace.stride; i < want; i++) {
        if (i === look) {
          if (pace.look()) break;
          look += pace.stride;
        }
        const result = followsScopes() ? callWithin(this.scope, () => iterator.next()) : iterator.next();
        if (isThenable(result)) return this.#wait(result, chunk, start);
        if (!this.take(result, chunk)) break;
      }
    } catch (error) {
      return this.fail(error, chunk, start);
    } finally {
      leaveScope(outer);
    }
    return this.emit(chunk, start);
  }

  /** An asynchronous iterator gives one item a pull: its next one may be long in coming. */
  async #wait(next: PromiseLike<IteratorResult<unknown>>, chunk: Chunk, start: number): Promise<Pulled> {
    this.#waiting = true;
    const suspension = this.suspend(start);
    try {
      this.take(await next, chunk);
    } catch (error) {
      return this.fail(error, chunk, this.resume(suspension));
    } finally {
      this.#waiting = false;
    }
    return this.emit(chunk, this.resume(suspension));
  }

  protected closeIterator(): MaybePromise<void> {
    return closeIterator(this.#iterator, this.#waiting);
  }
}
