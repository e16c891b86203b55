import { isTensor, isTypedArray, type Tensor, type TypedArray } from '../../tensor/tensor';
import { setField } from '../../util/set-field';
import { fitAdvice } from './fit-advice';
import { describeForm, kindOf, oddKind, sameForm } from './form';
import { takeGathered } from './gather';
import type { Padding } from './padding';
import { type Fields, isPlainObject } from '../record';
import { plural } from '../../util/plural';

/** What to do with items that differ: `equal` refuses them, `ragged` keeps them as they are. */
export type Fit = 'equal' | 'ragged' | Padding;

/** The items of a batch do not fit together. */
export class ItemsDiffer extends Error {
  constructor(
    message: string,
    /** Index in the batch of the item that departs from the first one. */
    readonly index: number,
  ) {
    super(message);
  }
}

/**
 * Makes one value of the items of a batch, by what all of them are: in another order they make the same kind of batch,
 * or none.
 *
 * @throws ItemsDiffer if they do not fit together; it shows the first item and the one that differs from it.
 */
export function collate(items: readonly unknown[], fit: Fit = 'equal'): unknown {
  const batch = collateField(items, '', fit, areSimple(items));
  if (typeof fit === 'object') fit.checkUsed();
  return batch;
}

/** `simple`: whether `items` hold no objects. */
function collateField(items: readonly unknown[], path: string, fit: Fit, simple: boolean): unknown {
  if (simple) {
    if (typeof fit === 'object') fit.checkSimple(path, items[0]);
    return items;
  }
  const first = items[0];
  const kind = kindOf(first);
  const odd = kind === 'record' && fit !== 'ragged' ? oddRecord(items, first as Fields) : oddKind(items, kind);
  if (odd >= 0) {
    if (fit === 'ragged') return items;
    throw differ(
      items,
      odd,
      path,
      fit === 'equal' ? ASK_FOR_RAGGED : 'only lists, or tensors, of one kind can be padded',
    );
  }
  if (kind === 'record') return collateRecords(items as readonly Fields[], path, fit);
  if (kind === 'tensor') return collateTensors(items as readonly Tensor[], path, fit);
  if (kind === 'list') return collateLists(items as readonly ArrayLike<unknown>[], path, fit);
  if (typeof fit === 'object') fit.checkSimple(path, items[0]);
  return items;
}

const ASK_FOR_RAGGED = 'pass ragged: true to keep them as they are';

/** Whether `items` hold no objects, but numbers, texts and the like: then there is nothing to put together. */
function areSimple(items: readonly unknown[]): boolean {
  for (let i = 0; i < items.length; i++) if (isObject(items[i])) return false;
  return true;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** As `oddKind`, for records, which need not be looked through: what is in them is when their columns are. */
function oddRecord(items: readonly unknown[], first: Fields): number {
  const mayBeTensors = 'data' in first;
  for (let i = 1; i < items.length; i++) if (!isPlainObject(items[i]) || (mayBeTensors && isTensor(items[i]))) return i;
  return -1;
}

function collateTensors(items: readonly Tensor[], path: string, fit: Fit): unknown {
  if (typeof fit === 'object') return stack(fit.padTensors(items, path), path);
  return fit === 'ragged' && !items.every((item) => fits(item, items[0]!)) ? items : stack(items, path);
}

/** Lists are not taken apart, but have to be of one form. */
function collateLists(items: readonly ArrayLike<unknown>[], path: string, fit: Fit): unknown {
  if (typeof fit === 'object') return fit.padLists(items, path);
  if (fit === 'ragged') return items;
  const odd = items.findIndex((item) => !sameForm(items[0]!, item));
  if (odd < 0) return items;
  throw differ(items, odd, path, `${fitAdvice(items[0], items[odd])}, or ${ASK_FOR_RAGGED}`);
}

function differ(items: readonly unknown[], i: number, path: string, advice: string): ItemsDiffer {
  const [expected, found] = [describeForm(items[0]), describeForm(items[i])];
  return new ItemsDiffer(
    `the items of a batch differ${at(path)}: item 0 is ${expected}, item ${i} is ${found}; ${advice}`,
    i,
  );
}

function collateRecords(records: readonly Fields[], path: string, fit: Fit): unknown {
  const first = records[0]!;
  if (fit === 'ragged' || 'data' in first) records.forEach((record, i) => checkNoTensor(record, i, path));
  const names = fit === 'ragged' ? [...new Set(records.flatMap(Object.keys))] : Object.keys(first);
  if (fit !== 'ragged') checkFields(records, names, path, fit);
  const fits = typeof fit === 'object' ? fit.ofFields(names, path) : null;
  const batch: Fields = {};
  names.forEach((name, n) => {
    const columnPath = path === '' ? name : `${path}.${name}`;
    const { values, simple } = columnOf(records, name, columnPath, fit);
    const columnFit = fits?.[n] ?? fit;
    setField(batch, name, collateField(values, columnPath, columnFit, simple));
    if (typeof columnFit === 'object') columnFit.addTo(batch, name, values, names);
  });
  return batch;
}

/**
 * The values of a field, checked as they are read: a second loop, over lists of all kinds of elements, would take as
 * long again.
 */
function columnOf(
  records: readonly Fields[],
  name: string,
  path: string,
  fit: Fit,
): { values: unknown[]; simple: boolean } {
  let simple = true;
  const values = records.map((record, i) => {
    const value = fit === 'ragged' && !Object.hasOwn(record, name) ? undefined : record[name];
    if (isObject(value)) simple = false;
    // A record with a function is kept in one piece, and stands beside records here.
    else if (typeof value === 'function')
      throw new ItemsDiffer(`the items of a batch differ${at(path)}: item ${i} has a function there`, i);
    return value;
  });
  return { values, simple };
}

/** What looks like a tensor, but is none, would come apart into columns. */
function checkNoTensor({ data, shape }: Fields, i: number, path: string): void {
  if (isTypedArray(data) && Array.isArray(shape) && shape.every((size) => typeof size === 'number'))
    throw new Error(
      `item ${i} of a batch${at(path)} is not a tensor: its shape [${shape.join(', ')}] does not fit its data of ${plural(data.length, 'element')}`,
    );
}

function checkFields(records: readonly Fields[], names: readonly string[], path: string, fit: Fit): void {
  for (let i = 1; i < records.length; i++) {
    const record = records[i]!;
    if (hasInOrder(record, names)) continue;
    const found = Object.keys(record);
    if (found.length === names.length && names.every((name) => Object.hasOwn(record, name))) continue;
    throw new ItemsDiffer(
      `the items of a batch differ${at(path)}: item 0 has the fields {${names.join(', ')}}, item ${i} has {${found.join(', ')}}` +
        (fit === 'equal' ? '; pass ragged: true to have undefined where a field is missing' : ''),
      i,
    );
  }
}

/**
 * Whether the fields of a record are `names`, in this order, as where the same code made them. Allocates no list of
 * them.
 */
function hasInOrder(record: Fields, names: readonly string[]): boolean {
  let n = 0;
  for (const name in record) if (name !== names[n++]) return false;
  // What a prototype has would come last.
  return n === names.length && (n === 0 || Object.hasOwn(record, names[n - 1]!));
}

function stack(tensors: readonly Tensor[], path: string): Tensor {
  const first = tensors[0]!;
  const { length } = first.data;
  const odd = tensors.findIndex((tensor) => !fits(tensor, first));
  if (odd >= 0) throw differ(tensors, odd, path, `${fitAdvice(first, tensors[odd])} before the batch`);
  for (let i = 0; i < tensors.length; i++) checkNothingElse(tensors[i]!, i, path);
  const parts = tensors.map((tensor) => tensor.data);
  const shape = [tensors.length, ...first.shape];
  const gathered = takeGathered(parts);
  if (gathered !== null) return { data: gathered, shape };
  const data = new (first.data.constructor as new (length: number) => TypedArray)(length * tensors.length);
  parts.forEach((part, i) => data.set(part as never, i * length));
  return { data, shape };
}

/** A tensor that carries more would lose it. */
function checkNothingElse(tensor: Tensor, i: number, path: string): void {
  const names = Object.keys(tensor);
  if (names.length <= 2) return;
  const other = names.find((name) => name !== 'data' && name !== 'shape')!;
  throw new Error(
    `item ${i} of a batch${at(path)} is a tensor with a field "${other}" beside data and shape, which the batch would lose; ` +
      `put the tensor into a field of its own: { image: { data, shape }, ${other} }`,
  );
}

const at = (path: string): string => (path === '' ? '' : ` in "${path}"`);

const fits = (item: Tensor, first: Tensor): boolean =>
  item.data.constructor === first.data.constructor && sameShape(item.shape, first.shape);

function sameShape(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}
