import { DistinctSketch, type FieldStatistics } from 'stemma-document';

const BINS = 16;
/** Whole numbers that lie closer have a bin each. */
const MAX_WHOLE = 20;

/** About how many bytes of memory a value takes. */
const VALUE_BYTES = 40;

/** The values of one field in the items that are kept. What is missing has no entry. */
export class FieldColumn {
  /** Which of the kept items each value is of. */
  #rows: number[] = [];
  /** NaN where it is no finite number. Of a tensor, its elements' mean. */
  #means: number[] = [];
  #lows: number[] = [];
  #highs: number[] = [];
  /** NaN where values are not told apart. */
  #hashes: number[] = [];

  get bytes(): number {
    return this.#rows.length * VALUE_BYTES;
  }

  /** `hash`: of 32 bits; NaN for what is not told apart. The numbers are NaN for what is none. */
  add(row: number, hash: number, mean = NaN, low = mean, high = mean): void {
    this.#rows.push(row);
    this.#hashes.push(hash);
    const isFinite = Number.isFinite(mean);
    this.#means.push(isFinite ? mean : NaN);
    this.#lows.push(isFinite ? low : NaN);
    this.#highs.push(isFinite ? high : NaN);
  }

  /** Only these rows stay; they are numbered from 0 on from now on. */
  keep(rows: readonly number[]): void {
    const places: number[] = [];
    const kept: number[] = [];
    let at = 0;
    rows.forEach((row, place) => {
      while (at < this.#rows.length && this.#rows[at]! < row) at++;
      if (this.#rows[at] !== row) return;
      places.push(at);
      kept.push(place);
    });
    const of = (values: readonly number[]): number[] => places.map((place) => values[place]!);
    this.#means = of(this.#means);
    this.#lows = of(this.#lows);
    this.#highs = of(this.#highs);
    this.#hashes = of(this.#hashes);
    this.#rows = kept;
  }

  /** `items`: how many are kept, with those that lack the field. */
  statistics(path: string, items: number, withSketch: boolean): FieldStatistics {
    const numbers = this.#means.filter((mean) => !Number.isNaN(mean));
    const numeric = numbers.length > 0;
    const isTold = this.#hashes.every((hash) => !Number.isNaN(hash));
    return {
      path,
      items,
      missing: items - this.#rows.length,
      min: numeric ? leastOf(this.#lows) : null,
      max: numeric ? greatestOf(this.#highs) : null,
      mean: numeric ? meanOf(numbers) : null,
      distinct: isTold ? new Set(this.#hashes).size : null,
      distinctIsExact: isTold,
      ...(isTold && withSketch ? { distinctSketch: sketchOf(this.#hashes) } : {}),
      histogram: numeric ? histogramOf(numbers) : null,
    };
  }
}

/** Without those that are NaN. */
function leastOf(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}

function greatestOf(values: readonly number[]): number {
  return values.reduce((greatest, value) => (value > greatest ? value : greatest), -Infinity);
}

/** Step by step, since a sum may overflow. */
function meanOf(values: readonly number[]): number {
  return values.reduce((mean, value, i) => mean + (value - mean) / (i + 1), 0);
}

function sketchOf(hashes: readonly number[]): number[] {
  const sketch = new DistinctSketch();
  for (const hash of hashes) sketch.addHash(hash);
  return sketch.toJSON();
}

/** Equal bins between the minimum and the maximum; a few distinct integers have one each. */
function histogramOf(values: readonly number[]): FieldStatistics['histogram'] {
  const low = leastOf(values);
  const high = greatestOf(values);
  const isFew = high - low < MAX_WHOLE && values.every((value) => Number.isInteger(value));
  const bins = isFew && high > low ? high - low + 1 : BINS;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins))]!++;
  return { low, high, counts };
}
