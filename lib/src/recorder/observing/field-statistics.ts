import { DistinctSketch, type FieldStatistics } from 'stemma-document';
import { fieldKey, fieldPaths } from '../../util/field-paths';
import { hashValue } from './hash-value';
import type { RawSummary } from './summary';

const MAX_VALUES = 256;
const BINS = 10;

/**
 * Statistics of each field of the items looked at, in one pass and bounded memory. Field names are paths (`image`, `box.x`); the
 * item itself is the empty path. Of a tensor, its elements' means are the values.
 */
export class FieldSketches {
  readonly #fields = new Map<string, FieldSketch>();
  #items = 0;
  #more = false;
  #statistics: FieldStatistics[] | null = null;

  /** `limit`: of how many fields. */
  constructor(private readonly limit: number) {}

  add(item: RawSummary): void {
    this.#items++;
    this.#visit(item, '');
  }

  #visit(value: RawSummary, key: string): void {
    if (value.type === 'record') {
      for (const field of value.fields) this.#visit(field.value, fieldKey(key, field.name));
      return;
    }
    let field = this.#fields.get(key);
    if (field === undefined) {
      this.#more ||= this.#fields.size >= this.limit;
      if (this.#more) return;
      this.#fields.set(key, (field = new FieldSketch()));
    }
    field.add(value);
  }

  /** Made anew only where something was added: live patches ask for it several times a second, without the sketches that merging needs. */
  statistics(withSketch = false): FieldStatistics[] {
    if (this.#statistics?.[0]?.items !== this.#items) {
      const paths = fieldPaths(this.#fields.keys());
      this.#statistics = [...this.#fields.values()].map((field, i) => field.statistics(paths[i]!, this.#items));
    }
    const statistics = this.#statistics ?? [];
    return withSketch ? statistics : statistics.map(({ distinctSketch: _, ...rest }) => rest);
  }

  /** There were fields beyond those that statistics are kept of. */
  get more(): boolean {
    return this.#more;
  }
}

class FieldSketch {
  #present = 0;
  #numbers = 0;
  #mean = 0;
  #min = Infinity;
  #max = -Infinity;
  #values: number[] = [];
  #distinct: DistinctSketch | null = new DistinctSketch();

  add(value: RawSummary): void {
    if (value.type === 'null') return;
    this.#present++;
    if (value.type === 'number') this.#addNumber(Number(value.value), Number(value.value), Number(value.value));
    else if (value.type === 'tensor' && value.mean !== null) this.#addNumber(value.mean, value.min!, value.max!);
    if (value.type === 'number' || value.type === 'bool') this.#distinct?.addHash(hashValue(value.value));
    else if (value.type === 'text') this.#distinct?.addHash(hashValue(value.text));
    else this.#distinct = null;
  }

  #addNumber(value: number, min: number, max: number): void {
    if (!Number.isFinite(value)) return;
    this.#numbers++;
    this.#mean += (value - this.#mean) / this.#numbers;
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
    if (this.#values.length < MAX_VALUES) this.#values.push(value);
    else {
      // Algorithm R (Vitter, 1985): an even sample of all values seen.
      const at = Math.floor(Math.random() * this.#numbers);
      if (at < MAX_VALUES) this.#values[at] = value;
    }
  }

  statistics(path: string, items: number): FieldStatistics {
    const numeric = this.#numbers > 0;
    return {
      path,
      items,
      missing: items - this.#present,
      min: numeric ? this.#min : null,
      max: numeric ? this.#max : null,
      mean: numeric ? this.#mean : null,
      distinct: this.#distinct?.count ?? null,
      distinctIsExact: this.#distinct !== null && !this.#distinct.isFull,
      ...(this.#distinct === null ? {} : { distinctSketch: this.#distinct.toJSON() }),
      histogram: numeric ? histogram(this.#values) : null,
    };
  }
}

/** Equal bins between the least and the greatest value. */
function histogram(values: readonly number[]): FieldStatistics['histogram'] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor(((value - low) / (high - low || 1)) * BINS))]!++;
  return { low, high, counts };
}
