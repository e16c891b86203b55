/** A few numbers that both threads see without a message: they must be readable while the other thread blocks. */

/** What the main thread is in. */
export const Phase = {
  /** Kernel code, or nothing. */
  idle: 0,
  /** The synchronous part of a cell: SIGINT ends it, by `breakOnSigint` of node:vm. */
  synchronous: 1,
  /** After the first await of a cell, in whatever callback. */
  asynchronous: 2,
} as const;

const PHASE = 0;
const INTERRUPTS = 1;
const EXECUTION = 2;
const CONSUMED = 3;
const FLUSHED = 4;
const SLOTS = 5;

/** Typed access to the numbers; both threads make one over the same memory. */
export class SharedState {
  readonly #slots: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#slots = new Int32Array(memory);
  }

  get phase(): number {
    return Atomics.load(this.#slots, PHASE);
  }

  set phase(phase: number) {
    Atomics.store(this.#slots, PHASE, phase);
  }

  /** How often the user asked for an interrupt. */
  get interrupts(): number {
    return Atomics.load(this.#slots, INTERRUPTS);
  }

  addInterrupt(): void {
    Atomics.add(this.#slots, INTERRUPTS, 1);
  }

  /** Number of the execution that runs; 0 where none does. */
  get execution(): number {
    return Atomics.load(this.#slots, EXECUTION);
  }

  set execution(number: number) {
    Atomics.store(this.#slots, EXECUTION, number);
  }

  /** Units of printed text that the front thread has sent; wraps around. */
  get consumed(): number {
    return Atomics.load(this.#slots, CONSUMED);
  }

  addConsumed(units: number): void {
    Atomics.add(this.#slots, CONSUMED, units);
    Atomics.notify(this.#slots, CONSUMED);
  }

  /** Blocks until `consumed` is no longer `seen`, or the time is over. */
  waitForConsumed(seen: number, timeoutMs: number): void {
    Atomics.wait(this.#slots, CONSUMED, seen, timeoutMs);
  }

  setFlushed(): void {
    Atomics.store(this.#slots, FLUSHED, 1);
    Atomics.notify(this.#slots, FLUSHED);
  }

  /** Blocks until the front thread has sent everything, or the time is over. */
  waitForFlushed(timeoutMs: number): void {
    Atomics.wait(this.#slots, FLUSHED, 0, timeoutMs);
  }
}
