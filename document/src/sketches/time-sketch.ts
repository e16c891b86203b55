/**
 * Quantiles of durations in bounded memory: logarithmic buckets, each 8 % wider than the one before, so that a quantile
 * is within 4 % of the true one (the idea of DDSketch, Masson et al., VLDB 2019, with a fixed range: 1 ns to 28 hours).
 * Two sketches merge by adding their buckets.
 */
export class TimeSketch {
  readonly #weights = new Float64Array(BUCKETS);
  #total = 0;

  add(ms: number, weight: number): void {
    this.#weights[bucketOf(ms)]! += weight;
    this.#total += weight;
  }

  /** The duration below which the share `q` of the weight lies; 0 for an empty sketch. */
  quantile(q: number): number {
    let rest = q * this.#total;
    for (let i = 0; i < BUCKETS; i++) {
      rest -= this.#weights[i]!;
      if (rest <= 0 && this.#weights[i]! > 0) return durationOf(i);
    }
    return 0;
  }

  /** Each duration that occurs, and its weight. */
  forEach(visit: (ms: number, weight: number) => void): void {
    this.#weights.forEach((weight, bucket) => {
      if (weight > 0) visit(durationOf(bucket), weight);
    });
  }

  /** The weights by bucket, without the empty ones. */
  toJSON(): { [bucket: string]: number } {
    const sketch: { [bucket: string]: number } = {};
    this.#weights.forEach((weight, bucket) => {
      if (weight > 0) sketch[bucket] = weight;
    });
    return sketch;
  }

  /** Adds what another sketch holds. */
  addAll(sketch: { [bucket: string]: number }): void {
    for (const [bucket, weight] of Object.entries(sketch)) {
      if (!(bucket in this.#weights)) continue;
      this.#weights[Number(bucket)]! += weight;
      this.#total += weight;
    }
  }
}

const LOWEST_MS = 1e-6;
/** Each bucket is wider than the previous one by this factor. */
export const BUCKET_GROWTH = 1.08;
const BUCKETS = 420;
const LOG_GROWTH = Math.log(BUCKET_GROWTH);

/** The longest duration in a bucket, in milliseconds; half a bucket less is its middle. */
export const bucketEnd = (bucket: number): number => LOWEST_MS * BUCKET_GROWTH ** bucket;

const durationOf = (bucket: number): number => (bucket === 0 ? 0 : bucketEnd(bucket - 0.5));

function bucketOf(ms: number): number {
  if (!(ms > LOWEST_MS)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / LOWEST_MS) / LOG_GROWTH));
}
