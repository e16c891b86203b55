import { callWithin, enterScope, followsScopes, leaveScope } from '../recorder/call-scope';
import { Chunk, END, type MaybePromise, type Pulled } from './chunk';
import { Slot } from './async-slot';
import type { FunctionMode } from './function-mode';
import type { Stage } from './stage';
import { isThenable } from './thenable';
import type { UserFunction } from './user-function';

const SOON = Promise.resolve();

/**
 * Calls that settle at once are emitted together, up to this many, so that downstream overhead per item stays small.
 */
const BURST = 64;

/** How the calls of an asynchronous function are made. */
export interface Calls {
  /** How many are under way at once. */
  concurrency: number;
  /** False: results are emitted as they come. */
  ordered: boolean;
}

/**
 * Asynchronous calls, `concurrency` of them in flight, their results in the order of the items unless that does not
 * matter. As many finished ones again may wait for a slow one at the head, which keeps the others going; never more
 * than the sink will ask for.
 */
export class AsyncWindow {
  #slots: Slot[] = [];
  /** Where order does not matter: how many slots at the head have settled. */
  #ready = 0;
  readonly #unused: Slot[] = [];
  #inFlight = 0;
  /** Calls that failed, and of which it is not decided yet whether they end the run. */
  #failed = 0;
  #queue: Chunk;
  #queued = 0;
  #index: number;
  #limit = Infinity;
  #want = 1;
  #upstreamPending = false;
  #ended = false;
  #upstreamError: unknown;
  #waking = false;
  /** Calls that settled since the last time it was looked whether to hand them on. */
  #settled = 0;
  /** The pull that waits. */
  #waiter: { resolve(chunk: Pulled): void; reject(error: unknown): void } | null = null;

  /**
   * `rest`: items whose chunk was already taken; the first of them has index `index`, and its call has returned
   * `first`.
   */
  constructor(
    private readonly upstream: Stage,
    private readonly mode: FunctionMode,
    private readonly fn: UserFunction,
    private readonly calls: Calls,
    rest: Chunk,
    index: number,
    first: { promise: PromiseLike<unknown>; start: number },
  ) {
    this.#queue = rest;
    this.#index = index;
    fn.probe?.process.setOverlapping(calls.concurrency);
    fn.probe?.process.buffer.set(() => this.#slots.length - this.#inFlight);
    const start = fn.probe?.beginCall() ?? 0;
    // What it did before it returned its promise is its own.
    const slot = this.#enqueue(start === 0 ? 0 : first.start || start);
    this.#follow(slot, first.promise);
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
    while (!this.#isEnding && this.#inFlight < this.calls.concurrency && this.#slots.length < this.#capacity) {
      if (this.#queued < this.#queue.length) this.#start();
      else if (this.#ended || this.#upstreamPending || !this.#refill()) return;
    }
  }

  /** No call begins once one has failed that ends the run, or that may do so while calls are made one by one. */
  get #isEnding(): boolean {
    return this.#failed > 0 && (this.fn.endsWithFailure || this.calls.concurrency === 1);
  }

  /** A slow call at the head lets few wait behind it; without one, results are emitted soon. */
  get #capacity(): number {
    const waiting = this.#slots[0]?.state === 'pending';
    return Math.min(waiting ? this.calls.concurrency * 2 : Math.max(this.calls.concurrency * 2, BURST), this.#limit);
  }

  /** Takes more from upstream; false where it has to be waited for. */
  #refill(): boolean {
    const room = this.#limit - this.#slots.length;
    let pulled: MaybePromise<Pulled>;
    try {
      // As many as can be begun now, or what is handled within a millisecond, if that is more.
      const want = Math.max(this.calls.concurrency - this.#inFlight, Math.min(this.fn.run.chunk, BURST));
      pulled = this.upstream.pull(Math.min(want, room), room);
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
    const slot = this.#unused.pop() ?? new Slot(this.#onSettled);
    slot.begin(this.#queue.values[at], this.#queue.originAt(at), this.#index++, start);
    this.#slots.push(slot);
    return slot;
  }

  #start(): void {
    const { fn } = this;
    const slot = this.#enqueue(fn.probe?.beginCall() ?? 0);
    const outer = enterScope(fn.scope);
    try {
      const result = followsScopes() ? callWithin(fn.scope, () => this.#call(slot)) : this.#call(slot);
      if (isThenable(result)) {
        this.#follow(slot, result);
      } else this.#settle(slot, 'done', result);
    } catch (error) {
      this.#settle(slot, 'failed', error);
    } finally {
      leaveScope(outer);
    }
  }

  #follow(slot: Slot, promise: PromiseLike<unknown>): void {
    this.#inFlight++;
    slot.suspension = slot.start === 0 ? null : (this.fn.probe?.suspend(slot.start) ?? null);
    slot.follow(promise);
  }

  #call({ input, origin }: Slot): unknown {
    const { call, context, usesOrigin } = this.fn;
    return usesOrigin ? call(input, context, origin) : call(input, context);
  }

  readonly #onSettled = (slot: Slot, state: 'done' | 'failed', result: unknown): void => {
    this.#inFlight--;
    this.#settled++;
    this.#settle(slot, state, result);
    this.#wakeSoon();
  };

  #settle(slot: Slot, state: 'done' | 'failed', result: unknown): void {
    const { probe } = this.fn;
    if (probe !== null) {
      if (slot.start === 0) probe.passCall();
      else probe.endCall(slot.suspension === null ? slot.start : probe.resume(slot.suspension));
    }
    if (state === 'failed') this.#failed++;
    slot.state = state;
    slot.result = result;
    if (!this.calls.ordered) this.#moveUp(slot);
  }

  /** Before those that are still pending. */
  #moveUp(slot: Slot): void {
    const first = this.#ready++;
    this.#slots.copyWithin(first + 1, first, this.#slots.indexOf(slot));
    this.#slots[first] = slot;
  }

  /** In a separate microtask, so that calls that settle together are emitted together. */
  #wakeSoon(): void {
    if (this.#waking) return;
    this.#waking = true;
    void SOON.then(this.#wake);
  }

  /** A call settled: emits what the waiting pull requested, and keeps the window full meanwhile. */
  readonly #wake = (): void => {
    this.#waking = false;
    if (this.fn.run.aborted) return;
    this.#fill();
    const waiter = this.#waiter;
    if (waiter === null || this.#inBurst()) return;
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

  /** Calls settle as fast as they are begun: waits for one more round, until there is a chunk of them. */
  #inBurst(): boolean {
    const round = this.#settled;
    this.#settled = 0;
    const ready = this.#slots.length - this.#inFlight;
    if (round === 0 || this.#inFlight === 0 || ready >= Math.min(this.#want, BURST)) return false;
    this.#wakeSoon();
    return true;
  }

  /** The finished calls at the head; END; or undefined where there is nothing to emit yet. Throws what failed. */
  #drain(): Pulled | undefined {
    const output = Chunk.empty();
    let taken = 0;
    for (; taken < this.#slots.length && output.length < this.#want; taken++) {
      const slot = this.#slots[taken]!;
      if (slot.state === 'pending') break;
      if (slot.state === 'failed') {
        if (output.length > 0) break;
        this.#failed--;
        const error = this.fn.failed(slot.result, slot.index, slot.origin, slot.input);
        if (error !== null) {
          this.fn.probe?.leave(this.#queue.length - this.#queued);
          throw error;
        }
      } else if (this.mode === 'map' || slot.result) {
        output.values.push(this.mode === 'map' ? slot.result : slot.input);
        output.origins.push(slot.origin);
      }
    }
    for (const slot of this.#slots.splice(0, taken)) {
      slot.clear();
      this.#unused.push(slot);
    }
    if (!this.calls.ordered) this.#ready -= taken;
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
