/** A few numbers that both threads see without a message: they must be readable while the other thread blocks. */

/** What the main thread is in. */
export const Phase = {
  /** Code of the kernel or the compiler that must come to its end; so it is when the process starts. */
  kernel: 0,
  /** The synchronous part of a cell. */
  synchronous: 1,
  /** Whatever callback, or nothing. */
  callbacks: 2,
  /** The front thread is about to tear down what runs. */
  torn: 3,
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

  /**
   * For the main thread: enters another phase; returns the one before. A thread that is about to be torn down stops
   * here.
   */
  enter(phase: number): number {
    for (;;) {
      const before = this.phase;
      if (before !== Phase.torn && this.#exchange(before, phase)) return before;
    }
  }

  /** For the main thread: does what must not be torn down. */
  whole<T>(work: () => T): T {
    const before = this.enter(Phase.kernel);
    try {
      return work();
    } finally {
      this.enter(before);
    }
  }

  /**
   * For the front thread: keeps the main thread in what it is in, to tear that down. False where it is in something
   * else.
   */
  claim(phase: number): boolean {
    return this.#exchange(phase, Phase.torn);
  }

  /** What was claimed has been torn down. */
  release(): void {
    this.#exchange(Phase.torn, Phase.callbacks);
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

  /** Units of output that have left the front thread; wraps around. */
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

  #exchange(phase: number, next: number): boolean {
    return Atomics.compareExchange(this.#slots, PHASE, phase, next) === phase;
  }
}
