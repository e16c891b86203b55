import type { SharedState } from '../threads/shared-state';
import type { Execution } from './execution';
import type { Interrupted } from './interrupted';
import { isAsyncIterable, Loop } from './loop';

/**
 * Which execution the code that runs now belongs to.
 *
 * AsyncLocalStorage would know exactly, but doubles the price of every promise in the process (Node 20: 63 → 142 ns an
 * await, 130 → 273 ns an item of an async generator), which pipelines feel. So: timers remember who set them, and
 * awaits in the code of cells (compiled to `await __stemma__.wait(…)`) who awaits. Other callbacks count for the latest
 * execution.
 */
export class Context {
  #current: Execution | null = null;
  /**
   * Whom code belongs to that nothing is known of: the latest execution that showed something; null before the first.
   */
  #latest: Execution | null = null;
  /** Until the microtasks are through: a callback of another execution than the one that runs is at work. */
  #isLent = false;
  /** The execution whose reply is due; null between cells. */
  running: Execution | null = null;

  constructor(
    private readonly state: SharedState,
    /** Called where an interrupt is noticed before the message of it has come. */
    private readonly onStop: () => void,
  ) {}

  get current(): Execution | null {
    return this.#current;
  }

  /** The code of a cell begins. */
  begin(execution: Execution): void {
    if (!execution.silent) this.#latest = execution;
    this.#current = execution;
  }

  /** The execution that ran has its outcome. */
  end(): void {
    this.running = null;
    // Also where the microtask that would have done it went with code that was torn down.
    this.#giveBack();
  }

  /** Runs a callback that an execution left behind. */
  run<R>(owner: Execution | null, callback: () => R): R {
    this.#lend(owner);
    return callback();
  }

  /** Throws where a callback of an interrupted execution is at work: it must not set anything going. */
  throwIfOver(): void {
    if (this.#isLent && this.#current?.stopped) throw this.#current.stopped;
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
    return new Loop(iterable, () => {
      this.#lend(owner);
      return this.isStopped(owner) ? this.#stop(owner) : null;
    });
  };

  /** What the body of a loop over what `each` made threw. */
  readonly threw = (loop: unknown, error: unknown): unknown => {
    if (loop instanceof Loop) loop.fail(error);
    return error;
  };

  throwIfStopped(owner: Execution): void {
    if (this.isStopped(owner)) throw this.#stop(owner);
  }

  /** Pipelines hear of it before the code of their functions does, which would else have failed by itself. */
  #stop(owner: Execution): Interrupted {
    if (owner.stopped !== null) return owner.stopped;
    const stopped = owner.stop();
    this.state.whole(() => this.onStop());
    return stopped;
  }

  /** Also sees an interrupt of which the main thread, in a loop of microtasks, got no message yet. */
  isStopped(owner: Execution): boolean {
    return owner.stopped !== null || (owner === this.running && this.state.interrupts !== owner.interrupts);
  }

  #resume(owner: Execution): void {
    this.#lend(owner);
    this.throwIfStopped(owner);
  }

  /** What runs until the microtasks are through belongs to `owner`. */
  #lend(owner: Execution | null): void {
    this.#current = owner;
    if (owner === this.running || this.#isLent) return;
    this.#isLent = true;
    // In a callback of a timer the ticks have their turn before the microtasks, in a microtask after them.
    microtask(() => nextTick(this.#giveBack));
  }

  readonly #giveBack = (): void => {
    this.#isLent = false;
    this.#current = this.running ?? this.#latest;
  };
}

/** Taken before user code sees it. */
const { nextTick } = process;
const microtask = queueMicrotask;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
