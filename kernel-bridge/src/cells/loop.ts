import { LOOP_FAILED } from 'stemma/host';
import type { Interrupted } from './interrupted';

type LoopIterator = AsyncIterator<unknown> & { [LOOP_FAILED]?: (error: unknown) => void };

/** What a `for await` in a cell iterates over, in place of what it was given. */
export class Loop implements AsyncIterable<unknown> {
  #iterator: LoopIterator | null = null;

  /** `stopped`: asked before each item whether the cell was interrupted. */
  constructor(
    private readonly iterable: AsyncIterable<unknown>,
    private readonly stopped: () => Interrupted | null,
  ) {}

  /** The body of the loop threw: `return` comes next, as for a `break`. */
  fail(error: unknown): void {
    this.#iterator?.[LOOP_FAILED]?.(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    const iterator: LoopIterator = (this.#iterator = this.iterable[Symbol.asyncIterator]());
    return {
      next: () => {
        const stopped = this.stopped();
        if (stopped === null) return iterator.next();
        void Promise.resolve(iterator.return?.()).catch(() => undefined);
        throw stopped;
      },
      return: (value: unknown) => iterator.return?.(value) ?? Promise.resolve({ done: true, value }),
    };
  }
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
