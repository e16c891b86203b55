/** A few at once after a quiet while, and a fixed number per interval in the long run. */
export class Allowance {
  #left: number;
  #countedMs = performance.now();

  constructor(
    private readonly atOnce: number,
    private readonly perInterval: number,
  ) {
    this.#left = atOnce;
  }

  /** Milliseconds until there is one; 0 where there is. */
  waitMs(intervalMs: number): number {
    const now = performance.now();
    this.#left = Math.min(this.atOnce, this.#left + ((now - this.#countedMs) / intervalMs) * this.perInterval);
    this.#countedMs = now;
    return this.#left >= 1 ? 0 : ((1 - this.#left) / this.perInterval) * intervalMs;
  }

  spend(): void {
    this.#left = Math.max(0, this.#left - 1);
  }
}
