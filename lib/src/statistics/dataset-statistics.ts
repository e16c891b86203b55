import { isTensor, isTypedArray, type Tensor } from '../tensor/tensor';
import { NumberAccumulator, type NumberStatistics } from './number-statistics';

/** What a pass over one field of the items tells. */
export interface ColumnStatistics {
  /** Items that have the field, with something else than null, undefined or NaN in it. */
  present: number;
  missing: number;
  /** Of its numbers; of tensors and lists, of all their elements. Null where there are none. */
  numbers: NumberStatistics | null;
  /** Of tensors with channels: of each channel by itself. Normalization needs these. */
  channels: NumberStatistics[] | null;
}

/** What `statistics` answers. */
export interface DatasetStatistics {
  items: number;
  /** By path: `image`, `box.x`; the items themselves are the empty path. */
  fields: { [path: string]: ColumnStatistics };
}

/** Where the channels of a tensor are: in the first dimension (`CHW`) or in the last one (`HWC`); null: there are none. */
export type ChannelAxis = 'first' | 'last' | null;

const MAX_FIELDS = 1000;
const MAX_CHANNELS = 64;

/** Gathers the statistics of items of any kind. */
export class StatisticsAccumulator {
  #items = 0;
  readonly #fields = new Map<string, FieldAccumulator>();

  constructor(private readonly channelAxis: ChannelAxis) {}

  add(item: unknown): void {
    this.#items++;
    this.#visit(item, '', 0);
  }

  #visit(value: unknown, path: string, depth: number): void {
    if (isRecord(value) && !isTensor(value) && depth < MAX_DEPTH) {
      for (const [name, member] of Object.entries(value))
        this.#visit(member, path === '' ? name : `${path}.${name}`, depth + 1);
      return;
    }
    let field = this.#fields.get(path);
    if (field === undefined) {
      if (this.#fields.size >= MAX_FIELDS) return;
      this.#fields.set(path, (field = new FieldAccumulator(this.channelAxis)));
    }
    field.add(value);
  }

  statistics(): DatasetStatistics {
    const fields: DatasetStatistics['fields'] = {};
    for (const [path, field] of this.#fields) fields[path] = field.statistics(this.#items);
    return { items: this.#items, fields };
  }
}

/** Items deeper than this, and cycles, are not looked into. */
const MAX_DEPTH = 8;

class FieldAccumulator {
  #present = 0;
  readonly #numbers = new NumberAccumulator();
  #channels: NumberAccumulator[] | null = null;

  constructor(private readonly channelAxis: ChannelAxis) {}

  add(value: unknown): void {
    if (value === null || value === undefined || Number.isNaN(value)) return;
    this.#present++;
    if (typeof value === 'number' || typeof value === 'bigint') this.#numbers.add(Number(value));
    else if (isTensor(value)) this.#addTensor(value);
    else if (isTypedArray(value)) this.#numbers.addAll(value);
    else if (Array.isArray(value)) for (const one of value) if (typeof one === 'number') this.#numbers.add(one);
  }

  #addTensor({ data, shape }: Tensor): void {
    this.#numbers.addAll(data);
    if (this.channelAxis === null || shape.length < 2) return;
    const count = shape[this.channelAxis === 'first' ? 0 : shape.length - 1]!;
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
    const channels = this.#channels?.flatMap((channel) => channel.statistics() ?? []) ?? null;
    return { present: this.#present, missing: items - this.#present, numbers: this.#numbers.statistics(), channels };
  }
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
