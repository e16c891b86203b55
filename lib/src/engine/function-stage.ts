import { AsyncWindow, type Calls } from './async-window';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import type { Stage } from './stage';
import { isThenable } from './thenable';
import type { UserFunction } from './user-function';

/** `map` keeps what the function answers, `filter` the item where the answer is true. */
export type FunctionMode = 'map' | 'filter';

/**
 * Calls a user's function for each item. As long as it answers plain values everything is synchronous; from the first
 * promise on, a window of calls is kept in flight.
 */
export class FunctionStage implements Stage {
  #window: AsyncWindow | null = null;
  /** Thrown at the next pull: what came before the failing item was handed on first. */
  #error: Error | null = null;

  constructor(
    private readonly upstream: Stage,
    private readonly mode: FunctionMode,
    private readonly fn: UserFunction,
    private readonly calls: Calls,
  ) {}

  pull(want: number, limit: number): MaybePromise<Pulled> {
    if (this.#window !== null) return this.#window.pull(want, limit);
    if (this.#error !== null) throw this.#error;
    const input = this.upstream.pull(want, limit);
    if (!(input instanceof Promise)) return this.#apply(input, want, limit);
    const asked = this.fn.probe?.beginWait() ?? 0;
    return input.then((chunk) => {
      this.fn.probe?.endWait(asked);
      return this.#apply(chunk, want, limit);
    });
  }

  #apply(input: Pulled, want: number, limit: number): MaybePromise<Pulled> {
    const { probe } = this.fn;
    if (input === END) {
      probe?.finish();
      return END;
    }
    const items = input.values.length;
    const start = probe === null ? 0 : probe.begin(items);
    if (this.mode === 'map') this.#map(input);
    else this.#filter(input);
    if (probe !== null) {
      if (this.#window === null) probe.end(start, items);
      probe.emit(input);
    }
    this.fn.seen += items;
    if (this.#window !== null && input.values.length === 0) return this.#window.pull(want, limit);
    if (this.#error !== null && input.values.length === 0) throw this.#error;
    return input;
  }

  /** In place. An item that is skipped is cut out; an error or a promise cuts the chunk off where it is. */
  #map(chunk: Chunk): void {
    const { values, origins } = chunk;
    const { call, context } = this.fn;
    let i = 0;
    let index = this.fn.seen;
    for (;;) {
      try {
        for (; i < values.length; i++, index++) {
          const result = call(values[i], context, origins[i]!);
          if (typeof result === 'object' && isThenable(result)) return this.#goAsync(chunk, i, index, result);
          values[i] = result;
        }
        return;
      } catch (error) {
        this.#error = this.fn.failed(error, index++, origins[i]!, values[i]);
        if (this.#error !== null) return chunk.truncate(i);
        values.splice(i, 1);
        origins.splice(i, 1);
      }
    }
  }

  #filter(chunk: Chunk): void {
    const { values, origins } = chunk;
    const { call, context } = this.fn;
    let kept = 0;
    let i = 0;
    for (;;) {
      try {
        for (; i < values.length; i++) {
          const value = values[i];
          const result = call(value, context, origins[i]!);
          if (typeof result === 'object' && isThenable(result)) {
            this.#goAsync(chunk, i, this.fn.seen + i, result);
            break;
          }
          if (result) {
            values[kept] = value;
            origins[kept++] = origins[i]!;
          }
        }
        break;
      } catch (error) {
        this.#error = this.fn.failed(error, this.fn.seen + i, origins[i]!, values[i]);
        if (this.#error !== null) break;
        i++;
      }
    }
    chunk.truncate(kept);
  }

  /** The call for item `i` answered a promise. It and the items after it move to a window of asynchronous calls. */
  #goAsync(chunk: Chunk, i: number, index: number, first: PromiseLike<unknown>): void {
    const rest = new Chunk(chunk.values.slice(i), chunk.origins.slice(i));
    chunk.truncate(i);
    this.#window = new AsyncWindow(this.upstream, this.mode, this.fn, this.calls, rest, index, first);
  }

  close(): MaybePromise<void> {
    return this.upstream.close();
  }
}
