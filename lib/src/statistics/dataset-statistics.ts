import { inspect, type InspectOptions } from 'node:util';
import { inWords } from '../util/check';
import { isTensor, isTypedArray, type Tensor } from '../tensor/tensor';
import { fieldKey, fieldPaths } from '../util/field-paths';
import { setField } from '../util/set-field';
import { CategoryAccumulator, type CategoryStatistics } from './category-accumulator';
import { NumberAccumulator, type NumberStatistics } from './number-statistics';

/** The statistics of one field. */
export interface ColumnStatistics {
  /** Items whose field is neither missing, null, undefined nor NaN. */
  present: number;
  missing: number;
  /** NaNs, also in tensors and lists; `numbers` leaves them out. */
  nan: number;
  /** Infinite numbers, also in tensors and lists; `numbers` leaves them out. */
  infinite: number;
  /** Of its numbers, including all elements of tensors and nested lists. Null if it has none. */
  numbers: NumberStatistics | null;
  /**
   * For tensors of three dimensions, such as images: the statistics of each channel, as normalization needs. Null for a
   * channel without a finite number, and if there are no such tensors.
   */
  channels: (NumberStatistics | null)[] | null;
  /**
   * The counts of strings, booleans and integers. Null if the field has other values as well, such as fractions or
   * strings of more than 200 characters, or more than 10,000 different values.
   */
  categories: CategoryStatistics | null;
}

/** What `statistics` returns. */
export interface DatasetStatistics {
  items: number;
  /**
   * By path, such as `image` or `box.x`; the items themselves have the empty path. A field named `box.x` is `"box.x"`.
   */
  fields: { [path: string]: ColumnStatistics };
  /** Set if there are more fields than the first 1,000, which are included. */
  moreFields?: true;
}

/** The channel axis of a tensor of three dimensions: the first (`CHW`) or the last (`HWC`); null for none. */
export type ChannelAxis = 'first' | 'last' | null;

const MAX_FIELDS = 1000;
const MAX_CHANNELS = 64;

/** Gathers the statistics of items of any kind. */
export class StatisticsAccumulator {
  #items = 0;
  readonly #fields = new Map<string, FieldAccumulator>();
  #more = false;

  constructor(private readonly channelAxis: ChannelAxis) {
    if (channelAxis !== null && channelAxis !== 'first' && channelAxis !== 'last')
      throw new TypeError(
        `invalid channelAxis of statistics: expected 'first', 'last' or null, got ${inWords(channelAxis)}`,
      );
  }

  add(item: unknown): void {
    this.#items++;
    this.#visit(item, '', 0);
  }

  #visit(value: unknown, key: string, depth: number): void {
    if (isRecord(value) && !isTensor(value) && depth < MAX_DEPTH) {
      for (const [name, member] of Object.entries(value)) this.#visit(member, fieldKey(key, name), depth + 1);
      return;
    }
    let field = this.#fields.get(key);
    if (field === undefined) {
      if (this.#fields.size >= MAX_FIELDS) {
        this.#more = true;
        return;
      }
      this.#fields.set(key, (field = new FieldAccumulator(this.channelAxis)));
    }
    field.add(value);
  }

  statistics(): DatasetStatistics {
    const fields: DatasetStatistics['fields'] = {};
    const paths = fieldPaths(this.#fields.keys());
    for (const [i, field] of [...this.#fields.values()].entries())
      setField(fields, paths[i]!, field.statistics(this.#items));
    const statistics: DatasetStatistics = { items: this.#items, fields, ...(this.#more ? { moreFields: true } : {}) };
    // Consoles and notebooks would show `numbers: [Object]`. It is not part of the value, which is compared, copied and
    // recorded.
    const show = (_depth: number, options: InspectOptions): string =>
      inspect({ ...statistics }, { ...options, depth: 6 });
    return Object.defineProperty(statistics, inspect.custom, { value: show });
  }
}

/** Items deeper than this, and cycles, are not looked into. */
const MAX_DEPTH = 8;

class FieldAccumulator {
  #present = 0;
  readonly #numbers = new NumberAccumulator();
  #channels: NumberAccumulator[] | null = null;
  readonly #categories = new CategoryAccumulator();

  constructor(private readonly channelAxis: ChannelAxis) {}

  add(value: unknown): void {
    if (Number.isNaN(value)) this.#numbers.nan++;
    if (value === null || value === undefined || Number.isNaN(value)) return;
    this.#present++;
    this.#categories.add(value);
    this.#addNumbers(value, 0);
    if (isTensor(value)) this.#addChannels(value);
  }

  #addNumbers(value: unknown, depth: number): void {
    if (typeof value === 'number' || typeof value === 'bigint') this.#numbers.add(Number(value));
    else if (isTensor(value)) this.#numbers.addAll(value.data);
    else if (isTypedArray(value)) this.#numbers.addAll(value);
    else if (Array.isArray(value) && depth < MAX_DEPTH) for (const one of value) this.#addNumbers(one, depth + 1);
  }

  #addChannels({ data, shape }: Tensor): void {
    if (this.channelAxis === null || shape.length !== 3) return;
    const count = shape[this.channelAxis === 'first' ? 0 : 2]!;
    if (count === 0 || count > MAX_CHANNELS) return;
    const channels = (this.#channels ??= []);
    const size = data.length / count;
    for (let c = 0; c < count; c++) {
      const channel = (channels[c] ??= new NumberAccumulator());
      if (this.channelAxis === 'first') channel.addAll(data, c * size, (c + 1) * size);
      else channel.addAll(data, c, data.length, count);
    }
  }

  statistics(items: number): ColumnStatistics {
    const channels = this.#channels?.map((channel) => channel.statistics()) ?? null;
    const { nan, infinite } = this.#numbers;
    const present = this.#present;
    const categories = this.#categories.statistics();
    return {
      present,
      missing: items - present,
      nan,
      infinite,
      numbers: this.#numbers.statistics(),
      channels,
      categories,
    };
  }
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
