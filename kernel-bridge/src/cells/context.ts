import type { SharedState } from '../threads/shared-state';
import type { Execution } from './execution';

/**
 * Which execution the code that runs now belongs to.
 *
 * AsyncLocalStorage would know exactly, but doubles the price of every promise in the process (Node 20: 63 → 142 ns an await, 130 →
 * 273 ns an item of an async generator), which pipelines feel. So: timers remember who set them, and awaits in the code of cells
 * (compiled to `await __tslab__.wait(…)`) who awaits. Other callbacks count for the latest execution.
 */
export class Context {
  /** The latest of those that ran; null before the first. */
  current: Execution | null = null;
  /** The execution whose reply is due; null between cells. */
  running: Execution | null = null;

  constructor(private readonly state: SharedState) {}

  /** Runs a callback that an execution left behind. */
  run<R>(owner: Execution | null, callback: () => R): R {
    const before = this.current;
    this.current = owner;
    try {
      return callback();
    } finally {
      if (before !== owner) queueMicrotask(() => (this.current = before));
    }
  }

  /** `await value` in a cell: goes on only if the cell was not interrupted meanwhile. */
  readonly wait = (value: unknown): unknown => {
    const owner = this.current;
    if (owner === null) return value;
    this.throwIfStopped(owner);
    if (!isThenable(value)) return value;
    return Promise.resolve(value).then(
      (result) => {
        this.#resume(owner);
        return result;
      },
      (error: unknown) => {
        this.#resume(owner);
        throw error;
      },
    );
  };

  /** The iterable of a `for await` in a cell: ends, and closes its source, once the cell was interrupted. */
  readonly each = (iterable: unknown): unknown => {
    const owner = this.current;
    if (owner === null || !isAsyncIterable(iterable)) return iterable;
    return {
      [Symbol.asyncIterator]: () => {
        const iterator = iterable[Symbol.asyncIterator]();
        return {
          next: () => {
            this.current = owner;
            if (this.isStopped(owner)) {
              void Promise.resolve(iterator.return?.()).catch(() => undefined);
              throw owner.stop();
            }
            return iterator.next();
          },
          return: (value: unknown) => iterator.return?.(value) ?? Promise.resolve({ done: true, value }),
        };
      },
    };
  };

  throwIfStopped(owner: Execution): void {
    if (this.isStopped(owner)) throw owner.stop();
  }

  /** Also sees an interrupt of which the main thread, in a loop of microtasks, got no message yet. */
  isStopped(owner: Execution): boolean {
    return owner.stopped !== null || (owner === this.running && this.state.interrupts !== owner.interrupts);
  }

  #resume(owner: Execution): void {
    this.current = owner;
    this.throwIfStopped(owner);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
