import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import type { FunctionMode } from './function-stage';
import type { Origin } from './origin';
import type { Stage } from './stage';
import { isThenable } from './thenable';
import type { UserFunction } from './user-function';

/** One call that was begun. */
interface Slot {
  readonly input: unknown;
  readonly origin: Origin;
  readonly index: number;
  readonly start: number;
  state: 'pending' | 'done' | 'failed';
  /** The result, or what was thrown. */
  result: unknown;
}

const SOON = Promise.resolve();

/**
 * Asynchronous calls, `concurrency` of them in flight, their results in the order of the items. As many finished ones
 * again may wait for a slow one at the head, which keeps the others going; never more than the sink will ask for.
 */
export class AsyncWindow {
  #slots: Slot[] = [];
  #inFlight = 0;
  #queue: Chunk;
  #queued = 0;
  #index: number;
  #limit = Infinity;
  #want = 1;
  #upstreamPending = false;
  #ended = false;
  #upstreamError: unknown;
  #waking = false;
  /** The pull that waits. */
  #waiter: { resolve(chunk: Pulled): void; reject(error: unknown): void } | null = null;

  /** `rest`: items whose chunk was already taken; for the first of them the call has answered `first`, and it has index `index`. */
  constructor(
    private readonly upstream: Stage,
    private readonly mode: FunctionMode,
    private readonly fn: UserFunction,
    private readonly concurrency: number,
    rest: Chunk,
    index: number,
    first: PromiseLike<unknown>,
  ) {
    this.#queue = rest;
    this.#index = index;
    fn.probe?.process.setOverlapping();
    fn.probe?.process.setBufferGauge(() => this.#slots.length - this.#inFlight);
    const start = fn.probe?.beginSource(1) ?? 0;
    this.#follow(this.#enqueue(start), first);
  }

  pull(want: number, limit: number): MaybePromise<Pulled> {
    this.#limit = limit;
    this.#want = want;
    this.#fill();
    const ready = this.#drain();
    if (ready !== undefined) return ready;
    return new Promise((resolve, reject) => (this.#waiter = { resolve, reject }));
  }

  /** Begins calls until the window is full or nothing more is there at once. */
  #fill(): void {
    const capacity = Math.min(this.concurrency * 2, this.#limit);
    while (this.#inFlight < this.concurrency && this.#slots.length < capacity) {
      if (this.#queued < this.#queue.length) this.#start();
      else if (this.#ended || this.#upstreamPending || !this.#refill()) return;
    }
  }

  /** Takes more from upstream; false where it has to be waited for. */
  #refill(): boolean {
    const room = this.#limit - this.#slots.length;
    let pulled: MaybePromise<Pulled>;
    try {
      pulled = this.upstream.pull(Math.min(this.concurrency - this.#inFlight, room), room);
    } catch (error) {
      this.#endWith(error);
      return false;
    }
    if (!(pulled instanceof Promise)) return this.#accept(pulled);
    this.#upstreamPending = true;
    const asked = this.fn.probe?.beginWait() ?? 0;
    pulled.then(
      (chunk) => {
        this.fn.probe?.endWait(asked);
        this.#upstreamPending = false;
        this.#accept(chunk);
        this.#wake();
      },
      (error: unknown) => {
        this.#upstreamPending = false;
        this.#endWith(error);
        this.#wake();
      },
    );
    return false;
  }

  #accept(chunk: Pulled): boolean {
    if (chunk === END) {
      this.#ended = true;
      return false;
    }
    this.fn.probe?.countInput(chunk.length);
    this.#queue = chunk;
    this.#queued = 0;
    // An empty chunk means "not yet": the sink has to come by again, so that the event loop gets its turn.
    return chunk.length > 0;
  }

  #endWith(error: unknown): void {
    this.#ended = true;
    this.#upstreamError = error ?? new Error('the source failed without a reason');
  }

  #enqueue(start: number): Slot {
    const at = this.#queued++;
    const { values, origins } = this.#queue;
    const slot: Slot = {
      input: values[at],
      origin: origins[at]!,
      index: this.#index++,
      start,
      state: 'pending',
      result: undefined,
    };
    this.#slots.push(slot);
    return slot;
  }

  #start(): void {
    const { fn } = this;
    const slot = this.#enqueue(fn.probe?.beginSource(1) ?? 0);
    try {
      const result = fn.call(slot.input, fn.context, slot.origin);
      if (isThenable(result)) this.#follow(slot, result);
      else this.#settle(slot, 'done', result);
    } catch (error) {
      this.#settle(slot, 'failed', error);
    }
  }

  #follow(slot: Slot, promise: PromiseLike<unknown>): void {
    this.#inFlight++;
    promise.then(
      (result) => {
        this.#inFlight--;
        this.#settle(slot, 'done', result);
        this.#wakeSoon();
      },
      (error: unknown) => {
        this.#inFlight--;
        this.#settle(slot, 'failed', error);
        this.#wakeSoon();
      },
    );
  }

  #settle(slot: Slot, state: 'done' | 'failed', result: unknown): void {
    this.fn.probe?.end(slot.start, 1);
    slot.state = state;
    slot.result = result;
  }

  /** In a microtask of its own: calls that settle together are then handed on together. */
  #wakeSoon(): void {
    if (this.#waking) return;
    this.#waking = true;
    void SOON.then(this.#wake);
  }

  /** Something settled: hands on what the waiting pull asked for, and keeps the window full meanwhile. */
  readonly #wake = (): void => {
    this.#waking = false;
    if (this.fn.run.aborted) return;
    this.#fill();
    const waiter = this.#waiter;
    if (waiter === null) return;
    try {
      const ready = this.#drain();
      if (ready === undefined) return;
      this.#waiter = null;
      waiter.resolve(ready);
    } catch (error) {
      this.#waiter = null;
      waiter.reject(error);
    }
  };

  /** The finished calls at the head; END; or undefined where there is nothing to hand on yet. Throws what failed. */
  #drain(): Pulled | undefined {
    const output = Chunk.empty();
    let taken = 0;
    for (; taken < this.#slots.length && output.length < this.#want; taken++) {
      const slot = this.#slots[taken]!;
      if (slot.state === 'pending') break;
      if (slot.state === 'failed') {
        if (output.length > 0) break;
        const error = this.fn.failed(slot.result, slot.index, slot.origin, slot.input);
        if (error !== null) throw error;
      } else if (this.mode === 'map' || slot.result) {
        output.values.push(this.mode === 'map' ? slot.result : slot.input);
        output.origins.push(slot.origin);
      }
    }
    this.#slots.splice(0, taken);
    if (output.length > 0) {
      this.#limit -= output.length;
      this.fn.probe?.emit(output);
      return output;
    }
    if (this.#slots.length > 0 || this.#queued < this.#queue.length || this.#upstreamPending)
      return taken > 0 ? output : undefined;
    if (!this.#ended) return output;
    if (this.#upstreamError !== undefined) throw this.#upstreamError as Error;
    this.fn.probe?.finish();
    return END;
  }
}
