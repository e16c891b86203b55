interface Running {
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/** What is opened; where the next may be opened beside it, `handOver` ends it without a word once that one runs. */
export type Opened<T extends Running> = T & { handOver?: () => Promise<void> };

interface Entry<T extends Running> {
  wanted: string;
  running: Promise<T>;
  isOver: boolean;
}

/**
 * What runs for as long as nobody stops it. Asked for once more in the same way (a cell that runs again) it is the one
 * that runs. Asked for in another way that one is stopped first, or, where it can hand over, once the new one runs.
 */
export class Kept<T extends Running> {
  readonly #handOver = new WeakMap<T, () => Promise<void>>();
  #current: Entry<T> | null = null;
  /** Settles once the one before has ended, and has given back what it held. */
  #ended: Promise<unknown> = Promise.resolve();

  get(wanted: string, open: () => Promise<Opened<T>>): Promise<T> {
    const before = this.#current;
    if (before?.wanted === wanted) return before.running;
    const forget = (): void => {
      entry.isOver = true;
      if (this.#current === entry) this.#current = null;
    };
    const running = this.#open(before, open, forget);
    const entry: Entry<T> = { wanted, running, isOver: false };
    this.#current = entry;
    running.catch(() => {
      const isCurrent = this.#current === entry;
      forget();
      if (isCurrent && before?.isOver === false) this.#current = before;
    });
    return running;
  }

  async #open(before: Entry<T> | null, open: () => Promise<Opened<T>>, forget: () => void): Promise<T> {
    // A monitor that never started is known to its caller.
    const old = await before?.running.catch(() => undefined);
    const handOver = old && this.#handOver.get(old);
    if (handOver === undefined) await (old?.stop() ?? this.#ended);
    const opened = this.#watch(await open(), forget);
    await handOver?.();
    return opened;
  }

  /** From the call of `stop` on it is not returned to anybody. */
  #watch({ handOver, ...opened }: Opened<T>, forget: () => void): T {
    void opened.closed.then(forget);
    const stop = (): Promise<void> => {
      forget();
      const stopped = opened.stop();
      this.#ended = stopped;
      return stopped;
    };
    const watched = { ...opened, stop } as unknown as T;
    if (handOver !== undefined) this.#handOver.set(watched, handOver);
    return watched;
  }
}
