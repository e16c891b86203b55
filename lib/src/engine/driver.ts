import { MAX_CHUNK, type MaybePromise, type Pulled } from './chunk';
import type { Run } from './run';
import type { Stage } from './stage';

/**
 * How long a run keeps the event loop, garbage collection not counted: messages, timers and interrupts wait no longer
 * than this and one call of the user's.
 */
const YIELD_MS = 6;
/** A pull that takes less handles more items the next time; one that takes more than four times as much, fewer. */
const PULL_MS = 1;

/**
 * Pulls at the root of a run's stages: adapts how much is handled at a time, gives the event loop back, and makes an
 * abort take effect also where a promise never settles.
 */
export class Driver {
  /** How long the sink has waited, in its pulls and for the event loop's turns. */
  waitMs = 0;
  /** The latest reading of the clock in `breathe`. */
  #breathedMs = performance.now();
  #yieldedMs: number;
  /**
   * When the sink last regained control, either with a new chunk or after yielding within one. `#sinkMs` is the time it
   * had already spent on that chunk.
   */
  #handedMs = this.#breathedMs;
  #sinkMs = 0;

  constructor(
    private readonly run: Run,
    private readonly root: Stage,
    private readonly onTick: () => void,
    /** Since when the event loop had no turn: what was opened may have taken long. */
    startedMs: number,
  ) {
    this.#yieldedMs = startedMs;
  }

  /**
   * After `breathe`: at most `want` items; END; or an empty chunk. `limit` is the most that will be asked for from here
   * on.
   */
  pull(want: number, limit = Infinity): MaybePromise<Pulled> {
    const start = this.#breathedMs;
    // A sink that takes one item at a time waits between them of its own accord.
    const sinkMs = want > 1 ? this.#sinkMs + start - this.#handedMs : 0;
    this.#sinkMs = 0;
    if (sinkMs > 4 * PULL_MS) this.run.chunk = Math.max(1, this.run.chunk >> 2);
    const pulled = this.root.pull(Math.min(want, this.run.chunk, limit), limit);
    if (pulled instanceof Promise) return this.#wait(pulled, start, sinkMs);
    this.#adapt(start, sinkMs);
    return pulled;
  }

  #wait(pulled: Promise<Pulled>, start: number, sinkMs: number): Promise<Pulled> {
    return new Promise((resolve, reject) => {
      this.#onAbort(reject);
      pulled.then((chunk) => {
        this.#adapt(start, sinkMs);
        resolve(chunk);
      }, reject);
    });
  }

  /** What `promise` settles to; an abort rejects it, whether or not `promise` ever settles. */
  settled<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#onAbort(reject);
      promise.then(resolve, reject);
    });
  }

  #onAbort(reject: (reason: Error) => void): void {
    this.run.onAbort = reject;
    if (this.run.aborted) reject(this.run.signal.reason as Error);
  }

  /** `sinkMs`: how long the sink worked on the chunk before, in which the event loop had no turn either. */
  #adapt(start: number, sinkMs: number): void {
    const { run } = this;
    this.#handedMs = performance.now();
    const elapsedMs = this.#handedMs - start;
    this.waitMs += elapsedMs;
    if (elapsedMs < PULL_MS && sinkMs < PULL_MS) run.chunk = Math.min(MAX_CHUNK, run.chunk * 2);
    else if (elapsedMs > 4 * PULL_MS) run.chunk = Math.max(1, run.chunk >> 2);
  }

  /**
   * Call before each pull. Throws if the run was aborted; returns a promise when it is time to yield to the event loop,
   * else undefined.
   */
  breathe(): Promise<void> | undefined {
    this.run.throwIfAborted();
    this.#breathedMs = performance.now();
    if (this.#breathedMs - this.#yieldedMs < YIELD_MS) return undefined;
    this.#sinkMs += this.#breathedMs - this.#handedMs;
    this.onTick();
    return new Promise((resolve, reject) =>
      setImmediate(() => {
        const yieldedMs = this.#breathedMs;
        this.#handedMs = this.#yieldedMs = this.#breathedMs = performance.now();
        this.waitMs += this.#breathedMs - yieldedMs;
        if (this.run.aborted) reject(this.run.signal.reason as Error);
        else resolve();
      }),
    );
  }
}
