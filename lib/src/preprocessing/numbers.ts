/** All numbers of a column, 8 bytes each, for results that one pass cannot give. */
export class Numbers {
  #values = new Float64Array(256);
  count = 0;

  add(value: number): void {
    if (this.count === this.#values.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.count++] = value;
  }

  /** By linear interpolation, NumPy's default; `shares` are from 0 to 1. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = this.#values.subarray(0, this.count).sort();
    return shares.map((share) => {
      const at = share * (sorted.length - 1);
      const low = Math.floor(at);
      const below = sorted[low]!;
      return below + (sorted[Math.min(low + 1, sorted.length - 1)]! - below) * (at - low);
    });
  }
}
