import { type CallScope, callWithin, enterScope, followsScopes, leaveScope } from '../recorder/call-scope';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { closeIterator } from './close-iterator';
import type { Probe } from './probe';
import { originOf } from './origin';
import { pipelineError } from './errors';
import type { Stage } from './stage';
import { Pace } from './pace';
import { isThenable } from './thenable';

/** Where a source is in the graph: for its errors and its items' origins. */
export interface SourcePlace {
  kind: string;
  label: string;
  /** From `Run.addSource`. */
  ordinal: number;
}

/** Items that are there, or can be made, by their index. */
export class IndexedSource implements Stage {
  #next = 0;

  constructor(
    private readonly length: number,
    /** The items `first` to `first + count - 1`, in an array of their own: one call for many items. */
    private readonly read: (first: number, count: number) => unknown[],
    private readonly place: SourcePlace,
    private readonly probe: Probe | null,
  ) {}

  pull(want: number): Pulled {
    const { probe } = this;
    const count = Math.min(want, this.length - this.#next);
    if (count <= 0) {
      probe?.finish();
      return END;
    }
    const start = probe === null ? 0 : probe.beginSource(count);
    const first = this.#next;
    const chunk = Chunk.successive(this.read(first, count), originOf(this.place.ordinal, first));
    this.#next = first + count;
    if (probe !== null) {
      probe.end(start, count);
      probe.emit(chunk);
    }
    return chunk;
  }

  close(): void {
    this.#next = this.length;
  }
}

/** What an iterator, of either kind, has to offer. */
type AnyIterator = {
  next(): IteratorResult<unknown> | PromiseLike<IteratorResult<unknown>>;
  return?(): unknown;
};

/** Items from an iterator, synchronous or not. */
export class IteratorSource implements Stage {
  #iterator: AnyIterator | null = null;
  #waiting = false;
  readonly #pace = new Pace();
  #row = 0;
  #ended = false;
  #failure: unknown;

  constructor(
    private readonly open: () => AnyIterator,
    private readonly place: SourcePlace,
    private readonly probe: Probe | null,
    /** Datasets that the iterator makes belong to it. */
    private readonly scope: CallScope | null = null,
  ) {}

  pull(want: number): MaybePromise<Pulled> {
    if (this.#failure !== undefined) throw this.#failure as Error;
    if (this.#ended) return END;
    const chunk = Chunk.empty();
    const start = this.probe?.beginSource() ?? 0;
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
        if (result.done === true) {
          this.#ended = true;
          break;
        }
        this.#add(chunk, result.value);
      }
    } catch (error) {
      return this.#fail(error, chunk, start);
    } finally {
      leaveScope(outer);
    }
    return this.#emit(chunk, start);
  }

  /** An asynchronous iterator gives one item a pull: its next one may be long in coming. */
  async #wait(next: PromiseLike<IteratorResult<unknown>>, chunk: Chunk, start: number): Promise<Pulled> {
    this.#waiting = true;
    try {
      const result = await next;
      if (result.done === true) this.#ended = true;
      else this.#add(chunk, result.value);
    } catch (error) {
      return this.#fail(error, chunk, start);
    } finally {
      this.#waiting = false;
    }
    return this.#emit(chunk, start);
  }

  #add(chunk: Chunk, value: unknown): void {
    chunk.values.push(value);
    chunk.origins.push(originOf(this.place.ordinal, this.#row++));
  }

  /** What came before the error is handed on first. */
  #fail(cause: unknown, chunk: Chunk, start: number): Pulled {
    this.#ended = true;
    const { kind, label } = this.place;
    this.#failure = pipelineError(cause, { kind, label, index: this.#row, origin: null });
    this.probe?.fail(this.#failure);
    if (chunk.length === 0) throw this.#failure as Error;
    return this.#emit(chunk, start);
  }

  #emit(chunk: Chunk, start: number): Pulled {
    this.probe?.endSource(start, chunk.length);
    if (chunk.length === 0) {
      this.probe?.finish();
      return END;
    }
    this.probe?.emit(chunk);
    return chunk;
  }

  close(): MaybePromise<void> {
    if (this.#ended) return;
    this.#ended = true;
    return closeIterator(this.#iterator, this.#waiting);
  }
}
