/**
 * What the threads of the pool share with each other and with the main thread: how much memory their images take, how
 * many are at work, and whether the process ends. Its first four elements, by these names.
 */
const USED = 0;
const CHANGES = 1;
const AT_WORK = 2;
const ENDING = 3;

export type SharedState = Int32Array;

export const newSharedState = (): SharedState => new Int32Array(new SharedArrayBuffer(16));

/** Memory is counted in units of 64 KiB, so that a petabyte fits. */
const UNIT = 65_536;

/** Node's types do not have it yet. */
type WaitAsync = (array: SharedState, index: number, value: number) => { async: boolean; value: unknown };

/** In a thread: works while the memory lasts, and not once the process ends. */
export class Workplace {
  constructor(private readonly state: SharedState) {}

  /** Counts as at work, so that the process does not end while native code runs, which would abort it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    Atomics.add(this.state, AT_WORK, 1);
    try {
      this.#throwIfEnding();
      return await work();
    } finally {
      Atomics.sub(this.state, AT_WORK, 1);
      Atomics.notify(this.state, AT_WORK);
    }
  }

  /**
   * Waits until `bytes` more are within the `limit` of all threads together, or nothing else is held, and holds them
   * during the work: an image beyond the limit is decoded alone.
   */
  async holding<T>(bytes: number, limit: number, work: () => T | Promise<T>): Promise<T> {
    const units = Math.ceil(bytes / UNIT);
    await this.#take(units, Math.floor(limit / UNIT));
    try {
      return await work();
    } finally {
      Atomics.sub(this.state, USED, units);
      this.#change();
    }
  }

  async #take(units: number, limit: number): Promise<void> {
    for (;;) {
      this.#throwIfEnding();
      const changes = Atomics.load(this.state, CHANGES);
      const used = Atomics.load(this.state, USED);
      if (used === 0 || used + units <= limit) {
        if (Atomics.compareExchange(this.state, USED, used, used + units) === used) return;
        continue;
      }
      const waiting = (Atomics as unknown as { waitAsync: WaitAsync }).waitAsync(this.state, CHANGES, changes);
      if (waiting.async) await waiting.value;
    }
  }

  #change(): void {
    Atomics.add(this.state, CHANGES, 1);
    Atomics.notify(this.state, CHANGES);
  }

  #throwIfEnding(): void {
    if (Atomics.load(this.state, ENDING) === 1) throw new Error('the process ends');
  }
}

/**
 * In the main thread, when the process ends: nothing is begun any more, and what is at work has `ms` to come to its
 * end.
 */
export function endWork(state: SharedState, ms: number): void {
  Atomics.store(state, ENDING, 1);
  Atomics.add(state, CHANGES, 1);
  Atomics.notify(state, CHANGES);
  const end = performance.now() + ms;
  for (;;) {
    const atWork = Atomics.load(state, AT_WORK);
    const left = end - performance.now();
    if (atWork === 0 || left <= 0) return;
    Atomics.wait(state, AT_WORK, atWork, left);
  }
}
