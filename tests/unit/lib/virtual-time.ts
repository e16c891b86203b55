/**
 * A thread whose time goes on only where a function computes or where nothing is left to do, so that what is measured
 * of it is exact on any machine. To be imported before the library, which keeps hold of the clock.
 */
export const thread = (() => {
  // A reading of 0 would say that nothing was read.
  let ms = 1;
  let idleMs = 0;
  const sleepers: { due: number; wake: () => void }[] = [];
  const { now } = performance;
  performance.now = () => ms;
  Object.defineProperty(performance, 'nodeTiming', {
    configurable: true,
    value: {
      get idleTime() {
        return idleMs;
      },
    },
  });
  /** After all that the event loop has to do. */
  const rest = (): void => {
    sleepers.sort((a, b) => a.due - b.due);
    const { due, wake } = sleepers.shift()!;
    if (due > ms) {
      idleMs += due - ms;
      ms = due;
    }
    wake();
    if (sleepers.length > 0) setImmediate(rest);
  };
  return {
    get ms(): number {
      return ms;
    },
    get idleMs(): number {
      return idleMs;
    },
    /** Computes for so long. */
    busy(forMs: number): void {
      ms += forMs;
    },
    /** Waits for so long, in which the thread may do other things. */
    sleep(forMs: number): Promise<void> {
      return new Promise((wake) => {
        sleepers.push({ due: ms + forMs, wake });
        if (sleepers.length === 1) setImmediate(rest);
      });
    },
    restore(): void {
      performance.now = now;
      Reflect.deleteProperty(performance, 'nodeTiming');
    },
  };
})();
