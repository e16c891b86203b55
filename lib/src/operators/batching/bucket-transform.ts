import type { Node } from '../../graph/node';
import { Chunk } from '../../engine/chunk';
import { pipelineError } from '../../engine/errors';
import type { Origin } from '../../engine/origin';
import type { Run } from '../../engine/run';
import { isThenable } from '../../engine/thenable';
import type { Transform } from '../../engine/transform-stage';
import { inWords } from '../../util/check';
import { collate } from './collate';
import { collateError } from './collate-error';
import { Padding } from './padding';
import { plural } from '../../util/plural';

/** What `bucketBy` is to do. */
export interface BucketPlan {
  readonly keyOf: (item: unknown) => unknown;
  /** Infinity: all of one key. */
  readonly size: number;
  readonly boundaries: readonly number[] | null;
  readonly maxItems: number;
  readonly collate: boolean | 'pad';
  readonly dropRemainder: boolean;
}

class Bucket {
  readonly values: unknown[] = [];
  readonly origins: Origin[] = [];
  readonly indices: number[] = [];
}

/**
 * Gathers items by their keys; a bucket that is full comes out at once, the others at the end in the order of their
 * first items.
 */
export class BucketTransform implements Transform {
  readonly #buckets = new Map<unknown, Bucket>();
  readonly #padding = Padding.of({});
  #seen = 0;
  failure: Error | null = null;
  buffered = 0;

  constructor(
    private readonly run: Run,
    private readonly node: Node,
    private readonly plan: BucketPlan,
  ) {}

  /** As many as cannot fill more than `want` buckets. */
  demand(want: number): number {
    return Math.min(this.run.chunk, (want + 1) * this.#least - 1);
  }

  limit(limit: number): number {
    return limit * this.#least;
  }

  /** How many items the fullest bucket lacks. */
  get #least(): number {
    if (this.plan.size === Infinity) return Infinity;
    let fullest = 0;
    for (const { values } of this.#buckets.values()) fullest = Math.max(fullest, values.length);
    return this.plan.size - fullest;
  }

  push(input: Chunk): Chunk {
    const output = Chunk.empty();
    for (let i = 0; i < input.length && this.failure === null; i++)
      this.#put(input.values[i], input.originAt(i), output);
    return this.#handedOn(output);
  }

  #put(value: unknown, origin: Origin, output: Chunk): void {
    const index = this.#seen++;
    try {
      const key = this.#keyOf(value);
      let bucket = this.#buckets.get(key);
      if (bucket === undefined) this.#buckets.set(key, (bucket = new Bucket()));
      bucket.values.push(value);
      bucket.origins.push(origin);
      bucket.indices.push(index);
      this.buffered++;
      if (bucket.values.length === this.plan.size) this.#close(key, bucket, output);
      else if (this.buffered > this.plan.maxItems) this.#refuseMore();
    } catch (error) {
      const { kind, label } = this.node;
      this.failure ??= pipelineError(error, {
        kind,
        label,
        index,
        origin: this.run.describeOrigin(origin),
        input: value,
      });
    }
  }

  #refuseMore(): never {
    const { maxItems } = this.plan;
    throw new RangeError(
      `expected to hold at most ${plural(maxItems, 'item')} at once, got more: ${this.#buckets.size} buckets are not full ` +
        `(raise maxItems, or make fewer buckets by the key, by boundaries or by a smaller size)`,
    );
  }

  #keyOf(value: unknown): unknown {
    // Not as a method: the trace of an error would name it.
    const { keyOf } = this.plan;
    const key = keyOf(value);
    const { boundaries } = this.plan;
    if (boundaries !== null) {
      if (typeof key === 'number' && !Number.isNaN(key)) return bucketOf(key, boundaries);
      throw new TypeError(`expected a number as the key, for the boundaries, got ${inWords(key)}`);
    }
    if (isThenable(key))
      throw new TypeError('expected a key, got a promise of one (put the key in the item by a map before it)');
    if (key === null || ['string', 'bigint', 'boolean'].includes(typeof key) || Number(key) === key) return key;
    throw new TypeError(`expected a text, a number, a boolean or null as the key, got ${inWords(key)}`);
  }

  flush(want: number): Chunk {
    const output = Chunk.empty();
    if (this.plan.dropRemainder) return output;
    for (const [key, bucket] of this.#buckets) {
      if (output.length === want || this.failure !== null) break;
      this.#close(key, bucket, output);
    }
    return this.#handedOn(output);
  }

  #close(key: unknown, { values, origins, indices }: Bucket, output: Chunk): void {
    this.#buckets.delete(key);
    this.buffered -= values.length;
    try {
      output.values.push(this.#together(values));
      output.origins.push(origins);
    } catch (error) {
      this.failure = collateError(error, this.node, this.run, origins, (i) => indices[i]!);
    }
  }

  #together(values: unknown[]): unknown {
    if (this.plan.collate === false) return values;
    return this.plan.collate === 'pad' ? collate(values, this.#padding) : collate(values);
  }

  /** The lists before a failure are passed on first. */
  #handedOn(output: Chunk): Chunk {
    if (this.failure !== null && output.length === 0) throw this.failure;
    return output;
  }
}

/** How many boundaries are not above `key`. */
function bucketOf(key: number, boundaries: readonly number[]): number {
  const at = boundaries.findIndex((boundary) => key < boundary);
  return at === -1 ? boundaries.length : at;
}
