interface Running {
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/**
 * What runs for as long as nobody stops it: asked for once more in the same way (a cell that runs again) it is the one that runs, asked for in
 * another way that one is stopped first.
 */
export class Kept<T extends Running> {
  #current: { wanted: string; running: Promise<T> } | null = null;
  /** Settles once the one before has ended, and has given back what it held. */
  #ended: Promise<unknown> = Promise.resolve();

  get(wanted: string, open: () => Promise<T>): Promise<T> {
    if (this.#current?.wanted === wanted) return this.#current.running;
    const before = this.#current?.running.then(
      (one) => one.stop(),
      // That one never ran; whoever asked for it knows.
      () => undefined,
    );
    const running = (before ?? this.#ended).then(open).then((opened) => this.#watch(opened, forget));
    const entry = { wanted, running };
    const forget = (): void => {
      if (this.#current === entry) this.#current = null;
    };
    this.#current = entry;
    running.catch(forget);
    return running;
  }

  /** From the call of `stop` on it is not answered to anybody. */
  #watch(opened: T, forget: () => void): T {
    void opened.closed.then(forget);
    const stop = (): Promise<void> => {
      forget();
      const stopped = opened.stop();
      this.#ended = stopped;
      return stopped;
    };
    return { ...opened, stop };
  }
}
