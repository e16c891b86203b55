/**
 * Quantiles and histograms of any numbers in one pass and bounded memory: buckets by the leading bits of a double (sign, exponent and six bits of the
 * mantissa), so that a bucket is at most 1.6 % wide and none has to be computed with logarithms. A bucket keeps the sum of its
 * numbers too: where all numbers of one are the same, as with labels or pixels, quantiles are exact. So are those of few numbers, which are kept.
 */
export class ValueSketch {
  /** By sign and exponent: 64 counts, then 64 sums. */
  readonly #pages = new Map<number, Float64Array>();
  #count = 0;
  /** All numbers, while they are few. */
  #few: number[] | null = [];

  add(value: number): void {
    if (this.#few !== null && this.#few.push(value) > MAX_FEW) this.#few = null;
    FLOAT[0] = value;
    const key = BITS[HIGH]! >>> 14;
    let page = this.#pages.get(key >>> 6);
    if (page === undefined) this.#pages.set(key >>> 6, (page = new Float64Array(2 * BUCKETS)));
    const at = key & (BUCKETS - 1);
    page[at]!++;
    page[at + BUCKETS]! += value;
    this.#count++;
  }

  /** The buckets that hold something, from the least to the greatest: the mean of what is in each, and how many. */
  buckets(): { value: number; count: number }[] {
    if (this.#few !== null) return [...this.#few].sort((a, b) => a - b).map((value) => ({ value, count: 1 }));
    const buckets: { value: number; count: number }[] = [];
    for (const page of this.#pages.values())
      for (let at = 0; at < BUCKETS; at++)
        if (page[at]! > 0) buckets.push({ value: page[at + BUCKETS]! / page[at]!, count: page[at]! });
    return buckets.sort((a, b) => a.value - b.value);
  }

  /** The numbers below which these shares of all lie, between two numbers by linear interpolation: NumPy's default. NaN where there are none. */
  quantiles(shares: readonly number[]): number[] {
    const buckets = this.buckets();
    const numberAt = (index: number): number => {
      let rest = index;
      for (const { value, count } of buckets) if ((rest -= count) < 0) return value;
      return buckets.at(-1)?.value ?? NaN;
    };
    return shares.map((share) => {
      const at = share * (this.#count - 1);
      const [low, high] = [numberAt(Math.floor(at)), numberAt(Math.ceil(at))];
      const part = at - Math.floor(at);
      // Not by the difference, which may be more than a number can be.
      return low === high ? low : low * (1 - part) + high * part;
    });
  }
}

/** How many numbers are kept as they are. */
const MAX_FEW = 256;
const BUCKETS = 64;
const FLOAT = new Float64Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
/** Where the upper half of a double lies on this machine. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
