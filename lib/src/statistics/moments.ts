/** Mean and variance of finite numbers in one pass, by Welford's method. */
export class Moments {
  count = 0;
  mean = 0;
  #m2 = 0;

  add(value: number): void {
    this.count++;
    const delta = value - this.mean;
    // The difference may be more than a number can be.
    this.mean += Number.isFinite(delta) ? delta / this.count : value / this.count - this.mean / this.count;
    this.#m2 += delta * (value - this.mean);
  }

  /** Of the whole population. */
  get variance(): number {
    return this.#m2 / this.count;
  }
}
