/** Numbers that lie close together: evenly from `min` to `max`, as far as is known. */
export interface Bucket {
  min: number;
  max: number;
  count: number;
}

/**
 * Quantiles and histograms of any numbers in one pass and bounded memory: buckets by the leading bits of the distance
 * from a centre (sign, exponent and six bits of the mantissa), so that a bucket is at most 1.6 % of that distance wide
 * and none has to be computed with logarithms. The centre is 0, or the median of the first numbers where they are far
 * from 0: dates and temperatures in kelvin are resolved as well as lengths.
 *
 * A bucket keeps its minimum and its maximum, which makes labels and pixels exact, since they repeat. Small sets of
 * numbers are kept as they are, and so are exact, too.
 */
export class ValueSketch {
  /** By sign and exponent. */
  readonly #pages = new Map<number, Page>();
  #count = 0;
  #centre = 0;
  /** All numbers, while they are few. */
  #few: number[] | null = [];

  add(value: number): void {
    this.#count++;
    if (this.#few === null) return this.#put(value);
    if (this.#few.push(value) <= MAX_FEW) return;
    const few = this.#few;
    this.#few = null;
    this.#centre = centreOf(few);
    for (const one of few) this.#put(one);
  }

  #put(value: number): void {
    FLOAT[0] = value - this.#centre;
    const key = BITS[HIGH]! >>> 14;
    let page = this.#pages.get(key >>> 6);
    if (page === undefined) this.#pages.set(key >>> 6, (page = new Page()));
    const at = key & (BUCKETS - 1);
    page.counts[at]!++;
    if (value < page.mins[at]!) page.mins[at] = value;
    if (value > page.maxes[at]!) page.maxes[at] = value;
  }

  /** The non-empty buckets in ascending order. */
  buckets(): Bucket[] {
    if (this.#few !== null)
      return [...this.#few].sort((a, b) => a - b).map((value) => ({ min: value, max: value, count: 1 }));
    const buckets: Bucket[] = [];
    for (const { counts, mins, maxes } of this.#pages.values())
      for (let at = 0; at < BUCKETS; at++)
        if (counts[at]! > 0) buckets.push({ min: mins[at]!, max: maxes[at]!, count: counts[at]! });
    return buckets.sort((a, b) => a.min - b.min);
  }

  /**
   * The numbers below which these shares of all lie, between two numbers by linear interpolation: NumPy's default. NaN
   * where there are none.
   */
  quantiles(shares: readonly number[]): number[] {
    const buckets = this.buckets();
    const numberAt = (index: number): number => {
      let rest = index;
      for (const { min, max, count } of buckets) {
        if (rest < count) return count === 1 ? min : between(min, max, rest / (count - 1));
        rest -= count;
      }
      return buckets.at(-1)?.max ?? NaN;
    };
    return shares.map((share) => {
      const at = share * (this.#count - 1);
      return between(numberAt(Math.floor(at)), numberAt(Math.ceil(at)), at - Math.floor(at));
    });
  }
}

class Page {
  readonly counts = new Float64Array(BUCKETS);
  readonly mins = new Float64Array(BUCKETS).fill(Infinity);
  readonly maxes = new Float64Array(BUCKETS).fill(-Infinity);
}

/** 0, or the median where the numbers lie close together and far from 0. */
function centreOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [min, median, max] = [sorted[0]!, sorted[sorted.length >>> 1]!, sorted.at(-1)!];
  return max - min < Math.abs(median) ? median : 0;
}

/** Not by the difference, which may be more than a number can be. */
function between(low: number, high: number, part: number): number {
  return low === high ? low : low * (1 - part) + high * part;
}

/** How many numbers are kept as they are. */
const MAX_FEW = 256;
const BUCKETS = 64;
const FLOAT = new Float64Array(1);
const BITS = new Uint32Array(FLOAT.buffer);
/** Where the upper half of a double lies on this machine. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
