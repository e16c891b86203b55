import type { Envelope, Summary, SummaryField, TensorSummary } from 'stemma-document';
import { envelopeOf, overviewOf, sizeOfOverview } from './overview';
import { type Picture, picturesOf } from '../images/picture';
import { DEFAULT_SUMMARY, type SummaryLimits } from '../settings/settings';
import { momentsOf } from './tensor-moments';
import { dtypeOf, isTensor, isTypedArray, type Tensor } from '../../tensor/tensor';

const MAX_NAME = 100;
const MAX_VALUES = 16;

/** A summary that holds its images as pixels still. */
export type RawSummary = Summary | RawTensorSummary;
type RawTensorSummary = Omit<TensorSummary, 'images'> & { images: Picture[] };

/** What one summary may hold in all, however the value is nested. */
const MAX_NODES = 400;
const STATISTICS_NODES = 2000;
const MAX_TEXT_IN_ALL = 8_000;
const MAX_OVERVIEWS = 4;

/**
 * A short, bounded, immutable account of a value, whatever the value is. Never throws. `pictureBytes`: what the pixels
 * of its images may take.
 */
export function summarize(
  value: unknown,
  pictureBytes = Infinity,
  limits: SummaryLimits & { nodes?: number } = DEFAULT_SUMMARY,
): RawSummary {
  return typeof value === 'number' ? numberSummary(value) : new Summarizer(pictureBytes, limits).summarize(value, 0);
}

/** Limits with which what `statistics` returns is kept as far as its histograms. */
export function statisticsLimits(limits: SummaryLimits): SummaryLimits & { nodes: number } {
  return { ...limits, depth: limits.depth + 2, items: Math.max(limits.items, 20), nodes: STATISTICS_NODES };
}

const numberSummary = (value: number): RawSummary => ({ type: 'number', value: finite(value) });

class Summarizer {
  #nodes: number;
  #text: number;
  #overviews = MAX_OVERVIEWS;

  constructor(
    private readonly pictureBytes: number,
    private readonly limits: SummaryLimits & { nodes?: number },
  ) {
    this.#nodes = limits.nodes ?? MAX_NODES;
    this.#text = Math.max(MAX_TEXT_IN_ALL, limits.text);
  }

  summarize(value: unknown, depth: number): RawSummary {
    if (--this.#nodes < 0) return { type: 'other', text: '…' };
    try {
      return this.#any(value, depth);
    } catch (error) {
      return this.#other(`unreadable: ${messageOf(error)}`);
    }
  }

  #any(value: unknown, depth: number): RawSummary {
    switch (typeof value) {
      case 'number':
        return numberSummary(value);
      case 'string':
        return { type: 'text', text: this.#clip(value), length: value.length };
      case 'boolean':
        return { type: 'bool', value };
      case 'object':
        return value === null ? { type: 'null' } : this.#object(value, depth);
      case 'bigint':
        return this.#other(printBigInt(value));
      case 'function':
        return this.#other(`function ${String(value.name || '(anonymous)')}`);
      default:
        return this.#other(String(value));
    }
  }

  #object(value: object, depth: number): RawSummary {
    if (isTypedArray(value)) return this.#tensor({ data: value, shape: [value.length] });
    if (isTensor(value)) return this.#tensor(value);
    if (value instanceof Date) return this.#other(Number.isNaN(+value) ? 'invalid date' : value.toISOString());
    if (value instanceof Error) return this.#other(`${value.name}: ${value.message}`);
    if (depth >= this.limits.depth) return this.#other(Array.isArray(value) ? 'list …' : 'object …');
    return Array.isArray(value) ? this.#list(value, depth) : this.#record(value, depth);
  }

  #tensor(tensor: Tensor): RawSummary {
    const summary = summarizeTensor(tensor, this.pictureBytes);
    const { data, shape } = tensor;
    const isPicture = summary.images.length > 0 || data.length <= MAX_VALUES;
    return isPicture || this.#overviews-- <= 0 ? summary : { ...summary, overview: overviewOf(data, shape) };
  }

  #list(value: readonly unknown[], depth: number): RawSummary {
    // A proxy of an array may say anything of its length.
    const length = Math.max(0, Math.trunc(Number(value.length)) || 0);
    const items: Summary[] = [];
    for (let i = 0; i < Math.min(length, this.limits.items); i++) items.push(this.#member(value, i, depth));
    const isCourse = length > items.length && items.every((item) => item.type === 'number');
    const overview = isCourse && this.#overviews-- > 0 ? courseOf(value, length) : undefined;
    return { type: 'list', length, items, omitted: length - items.length, ...(overview && { overview }) };
  }

  #record(value: object, depth: number): RawSummary {
    const names = Object.keys(value);
    const fields: SummaryField[] = [];
    for (const name of names.slice(0, this.limits.fields))
      fields.push({ name: clip(name, MAX_NAME), value: this.#member(value, name, depth) });
    return { type: 'record', fields, omitted: names.length - fields.length };
  }

  /** One getter that throws must not hide its neighbours. */
  #member(value: object, name: string | number, depth: number): Summary {
    try {
      return this.summarize((value as { [name: string | number]: unknown })[name], depth + 1) as Summary;
    } catch {
      return { type: 'other', text: 'unreadable' };
    }
  }

  #other(text: string): RawSummary {
    return { type: 'other', text: this.#clip(text) };
  }

  #clip(text: string): string {
    const clipped = clip(text, Math.min(this.limits.text, this.#text));
    this.#text = Math.max(0, this.#text - clipped.length);
    return clipped;
  }
}

/** What was thrown may itself be hostile. */
function messageOf(thrown: unknown): string {
  try {
    return clip(String((thrown as Error | null)?.message ?? 'it throws'), 200);
  } catch {
    return 'it throws';
  }
}

const HUGE = 2n ** 1024n;

/** Printing a BigInt takes time that grows faster than its length. */
function printBigInt(value: bigint): string {
  return value < HUGE && value > -HUGE ? `${value}n` : 'a bigint of more than 1,024 bits';
}

/** Any element may be a getter that throws. */
function courseOf(list: readonly unknown[], length: number): Envelope | undefined {
  try {
    return envelopeOf(length, (i) => {
      const item = list[i];
      return typeof item === 'number' ? item : NaN;
    });
  } catch {
    return undefined;
  }
}

function summarizeTensor(tensor: Tensor, pictureBytes: number): RawTensorSummary {
  const { data, shape } = tensor;
  const { pictures, layout } = picturesOf(tensor, pictureBytes);
  return {
    type: 'tensor',
    dtype: dtypeOf(data),
    shape: [...shape],
    ...momentsOf(data),
    values: Array.from(data.subarray(0, MAX_VALUES) as ArrayLike<number | bigint>, (v) => finite(Number(v))),
    images: pictures,
    layout,
  };
}

const finite = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : String(value);

/** The characters of a longer text are not read: V8 would first flatten a text that was concatenated. */
const MAX_LENGTH_READ = 2 ** 22;

/**
 * At most `length` characters, without cutting a surrogate pair in two. What is cut off can be freed: V8's slices hold
 * on to the whole.
 */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  if (text.length > MAX_LENGTH_READ) return '…';
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le')}…`;
}

/** One line about a value, for error messages. */
export function preview(value: unknown): string {
  return clip(printSummary(summarize(value)), 160);
}

function printSummary(summary: RawSummary): string {
  switch (summary.type) {
    case 'number':
    case 'bool':
      return String(summary.value);
    case 'text':
      return JSON.stringify(clip(summary.text, 80));
    case 'null':
      return 'null';
    case 'tensor':
      return `[[${summary.shape.join(',')}],'${summary.dtype}']`;
    case 'record':
      return `{${summary.fields.map((f) => `${f.name}: ${printSummary(f.value)}`).join(', ')}${summary.omitted ? ', …' : ''}}`;
    case 'list':
      return `[${summary.items.map(printSummary).join(', ')}${summary.omitted ? ', …' : ''}]`;
    case 'other':
      return summary.text;
    default:
      return summary.type;
  }
}

/** About how many bytes a summary takes in memory. */
export function sizeOf(summary: RawSummary): number {
  switch (summary.type) {
    case 'tensor':
      return (summary.images as Picture[]).reduce(
        (sum, { rgb }) => sum + rgb.length,
        NODE_BYTES * 4 + sizeOfOverview(summary.overview),
      );
    case 'record':
      return summary.fields.reduce((sum, field) => sum + field.name.length + sizeOf(field.value), NODE_BYTES);
    case 'list':
      return summary.items.reduce((sum, item) => sum + sizeOf(item), NODE_BYTES + sizeOfOverview(summary.overview));
    case 'text':
    case 'other':
      return NODE_BYTES + 2 * summary.text.length;
    default:
      return NODE_BYTES;
  }
}

const NODE_BYTES = 64;

/** Replaces the pixels of each image by what `encode` makes of them. */
export function encodeSummary(summary: RawSummary, encode: (picture: Picture) => unknown): unknown {
  switch (summary.type) {
    case 'tensor':
      return {
        ...summary,
        images: (summary.images as Picture[]).map((picture) => ({
          width: picture.width,
          height: picture.height,
          png: encode(picture),
        })),
      };
    case 'record':
      return { ...summary, fields: summary.fields.map((f) => ({ ...f, value: encodeSummary(f.value, encode) })) };
    case 'list':
      return { ...summary, items: summary.items.map((item) => encodeSummary(item, encode)) };
    default:
      return summary;
  }
}
