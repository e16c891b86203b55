import type { Summary, SummaryField, TensorSummary } from '../provenance/document';
import { type Picture, picturesOf } from './picture';
import { dtypeOf, isTensor, isTypedArray, type Tensor } from '../tensor/tensor';

const MAX_DEPTH = 4;
const MAX_FIELDS = 32;
const MAX_ITEMS = 16;
const MAX_TEXT = 500;
const MAX_VALUES = 16;
const MAX_SCANNED = 1024;

/** A summary that holds its images as pixels still. */
export type RawSummary = Summary | (Omit<TensorSummary, 'images'> & { images: Picture[] });

/** A short, bounded, immutable account of a value, whatever the value is. Never throws. */
export function summarize(value: unknown, depth = 0): RawSummary {
  try {
    return summarizeUnsafely(value, depth);
  } catch (error) {
    return { type: 'other', text: `unreadable: ${clip(String((error as Error | null)?.message ?? 'it throws'), 200)}` };
  }
}

function summarizeUnsafely(value: unknown, depth: number): RawSummary {
  switch (typeof value) {
    case 'number':
      return { type: 'number', value: finite(value) };
    case 'string':
      return { type: 'text', text: clip(value, MAX_TEXT), length: value.length };
    case 'boolean':
      return { type: 'bool', value };
    case 'object':
      return value === null ? { type: 'null' } : summarizeObject(value, depth);
    case 'bigint':
      return { type: 'other', text: `${clip(value.toString(), MAX_TEXT)}n` };
    case 'function':
      return { type: 'other', text: `function ${value.name || '(anonymous)'}` };
    default:
      return { type: 'other', text: String(value) };
  }
}

function summarizeObject(value: object, depth: number): RawSummary {
  if (isTypedArray(value)) return summarizeTensor({ data: value, shape: [value.length] });
  if (isTensor(value)) return summarizeTensor(value);
  if (value instanceof Date)
    return { type: 'other', text: Number.isNaN(+value) ? 'invalid date' : value.toISOString() };
  if (value instanceof Error) return { type: 'other', text: clip(`${value.name}: ${value.message}`, MAX_TEXT) };
  if (depth >= MAX_DEPTH) return { type: 'other', text: Array.isArray(value) ? 'list …' : 'object …' };
  if (Array.isArray(value)) {
    const items: RawSummary[] = [];
    for (let i = 0; i < Math.min(value.length, MAX_ITEMS); i++) items.push(summarize(value[i], depth + 1));
    return { type: 'list', length: value.length, items: items as Summary[], omitted: value.length - items.length };
  }
  const names = Object.keys(value);
  const fields: SummaryField[] = [];
  for (const name of names.slice(0, MAX_FIELDS))
    fields.push({ name: clip(name, 100), value: fieldOf(value, name, depth) });
  return { type: 'record', fields, omitted: names.length - fields.length };
}

/** One getter that throws must not hide its neighbours. */
function fieldOf(value: object, name: string, depth: number): Summary {
  try {
    return summarize((value as { [name: string]: unknown })[name], depth + 1) as Summary;
  } catch {
    return { type: 'other', text: 'unreadable' };
  }
}

function summarizeTensor(tensor: Tensor): RawSummary {
  const { data, shape } = tensor;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let count = 0;
  const stride = Math.max(1, Math.ceil(data.length / MAX_SCANNED));
  for (let i = 0; i < data.length; i += stride) {
    const value = Number(data[i]);
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  const { pictures, layout } = picturesOf(tensor);
  return {
    type: 'tensor',
    dtype: dtypeOf(data),
    shape: [...shape],
    min: count === 0 ? null : min,
    max: count === 0 ? null : max,
    mean: count === 0 ? null : sum / count,
    values: Array.from(data.subarray(0, MAX_VALUES) as ArrayLike<number | bigint>, (v) => finite(Number(v))),
    images: pictures,
    layout,
  };
}

const finite = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : String(value);

/** At most `length` characters, without cutting a surrogate pair in two. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text[length - 1]!) ? length - 1 : length;
  return `${text.slice(0, end)}…`;
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
  }
}

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
