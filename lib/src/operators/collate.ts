import { describeTensor, isTensor, type Tensor, type TypedArray } from '../tensor/tensor';
import { setField } from '../util/set-field';
import { takeGathered } from './gather';
import { isList, padLists, padTensors, shapeOfList } from './pad';
import { type Padding, paddingOfFields, paddingOfLeaf } from './padding';
import { type Fields, isRecord } from './record';

/**
 * What a batch of `T` is, as in tf.data: tensors are stacked to one with another dimension in front, records become a record of
 * batches, everything else a list.
 */
export type Batched<T> =
  T extends Tensor<infer D>
    ? Tensor<D>
    : T extends Whole
      ? T[]
      : T extends object
        ? { [K in keyof T]: Batched<T[K]> }
        : T[];

/** What is not taken apart. */
type Whole =
  | readonly unknown[]
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | TypedArray
  | ((...args: never[]) => unknown);

/** What to do with items that differ: `equal` refuses them, `ragged` keeps them as they are. */
export type Fit = 'equal' | 'ragged' | Padding;

/** Makes one value of the items of a batch. Items that do not fit together are an error that shows both. */
export function collate(items: readonly unknown[], fit: Fit = 'equal'): unknown {
  return collateField(items, '', fit);
}

function collateField(items: readonly unknown[], path: string, fit: Fit): unknown {
  const first = items[0];
  if (isTensor(first)) return collateTensors(items, first, path, fit);
  if (isList(first)) return collateLists(items, first, path, fit);
  if (isRecord(first)) return collateRecords(items, first, path, fit);
  if (typeof fit === 'object') paddingOfLeaf(fit, at(path));
  return items;
}

function collateTensors(items: readonly unknown[], first: Tensor, path: string, fit: Fit): unknown {
  if (fit === 'equal') return stack(items, first, path);
  if (fit === 'ragged') return items.every((item) => fits(item, first)) ? stack(items, first, path) : items;
  const odd = items.findIndex((item) => !isTensor(item) || item.shape.length !== first.shape.length);
  if (odd >= 0) throw differ(items, odd, path, 'only sizes can be padded, not dimensions');
  const padded = padTensors(items as Tensor[], paddingOfLeaf(fit, at(path)));
  return stack(padded, padded[0]!, path);
}

/** Lists are not taken apart, but have to be of one shape. */
function collateLists(items: readonly unknown[], first: ArrayLike<unknown>, path: string, fit: Fit): unknown {
  if (typeof fit === 'object') return padLists(items, paddingOfLeaf(fit, at(path)));
  if (fit === 'equal') checkLists(items, first, path);
  return items;
}

function checkLists(items: readonly unknown[], first: ArrayLike<unknown>, path: string): void {
  const shape = shapeOfList(first);
  const odd = items.findIndex((item) => !isList(item) || !sameShape(shapeOfList(item), shape));
  if (odd >= 0)
    throw differ(items, odd, path, 'pad them with paddedBatch, or pass ragged: true to keep them as they are');
}

function differ(items: readonly unknown[], i: number, path: string, advice: string): Error {
  const [expected, found] = [describe(items[0]), describe(items[i])];
  return new Error(`the items of a batch differ${at(path)}: item 0 is ${expected}, item ${i} is ${found}; ${advice}`);
}

function collateRecords(items: readonly unknown[], first: Fields, path: string, fit: Fit): unknown {
  if (fit === 'ragged' && !items.every(isRecord)) return items;
  const records = items as readonly Fields[];
  const names = fit === 'ragged' ? [...new Set(records.flatMap(Object.keys))] : Object.keys(first);
  if (fit !== 'ragged') checkFields(items, names, path, fit);
  const paddings = typeof fit === 'object' ? paddingOfFields(fit, names, at(path)) : null;
  const batch: Fields = {};
  names.forEach((name, n) => {
    const column = fit === 'ragged' ? raggedColumn(records, name) : records.map((record) => record[name]);
    setField(batch, name, collateField(column, path === '' ? name : `${path}.${name}`, paddings?.[n] ?? fit));
  });
  return batch;
}

function raggedColumn(records: readonly Fields[], name: string): unknown[] {
  return records.map((record) => (Object.hasOwn(record, name) ? record[name] : undefined));
}

function checkFields(items: readonly unknown[], names: readonly string[], path: string, fit: Fit): void {
  for (let i = 1; i < items.length; i++) {
    const item = items[i];
    const found = typeof item === 'object' && item !== null ? Object.keys(item) : null;
    if (found !== null && found.length === names.length && names.every((name) => Object.hasOwn(item as object, name)))
      continue;
    throw new Error(
      `the items of a batch differ${at(path)}: item 0 has the fields {${names.join(', ')}}, item ${i} ` +
        (found === null ? `is ${item === null ? 'null' : typeof item}` : `has {${found.join(', ')}}`) +
        (fit === 'equal' ? '; pass ragged: true to have undefined where a field is missing' : ''),
    );
  }
}

function stack(items: readonly unknown[], first: Tensor, path: string): Tensor {
  const { length } = first.data;
  const TypedArrayOf = first.data.constructor as new (length: number) => TypedArray;
  const odd = items.findIndex((item) => !fits(item, first));
  if (odd >= 0) throw differ(items, odd, path, 'resize or pad them to one shape before the batch');
  const parts = (items as readonly Tensor[]).map((item) => item.data);
  const shape = [items.length, ...first.shape];
  const gathered = takeGathered(parts);
  if (gathered !== null) return { data: gathered, shape };
  const data = new TypedArrayOf(length * items.length);
  parts.forEach((part, i) => data.set(part as never, i * length));
  return { data, shape };
}

const at = (path: string): string => (path === '' ? '' : ` in "${path}"`);

const fits = (item: unknown, first: Tensor): item is Tensor =>
  isTensor(item) && item.data.constructor === first.data.constructor && sameShape(item.shape, first.shape);

function describe(value: unknown): string {
  if (isTensor(value)) return describeTensor(value);
  if (isList(value)) return `a list of shape [${shapeOfList(value).join(', ')}]`;
  return value === null ? 'null' : typeof value;
}

function sameShape(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}
