import { describeTensor, isTensor, type Tensor, type TypedArray } from '../tensor/tensor';

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

/** Makes one value of the items of a batch. Items that do not fit together are an error that shows both. */
export function collate(items: readonly unknown[]): unknown {
  return collateField(items, '');
}

function collateField(items: readonly unknown[], path: string): unknown {
  const first = items[0];
  if (typeof first !== 'object' || first === null) return items;
  if (isTensor(first)) return stack(items, first, path);
  if (!isRecord(first)) return items;
  return collateRecords(items, Object.keys(first), path);
}

function collateRecords(items: readonly unknown[], names: string[], path: string): unknown {
  for (let i = 1; i < items.length; i++) {
    const item = items[i];
    const found = typeof item === 'object' && item !== null ? Object.keys(item) : null;
    if (found === null || found.length !== names.length || names.some((name) => !(name in (item as object))))
      throw new Error(
        `the items of a batch differ${at(path)}: item 0 has the fields {${names.join(', ')}}, item ${i} ` +
          (found === null ? `is ${item === null ? 'null' : typeof item}` : `has {${found.join(', ')}}`),
      );
  }
  const batch: { [name: string]: unknown } = {};
  for (const name of names) {
    const column = new Array<unknown>(items.length);
    for (let i = 0; i < items.length; i++) column[i] = (items[i] as { [name: string]: unknown })[name];
    batch[name] = collateField(column, path === '' ? name : `${path}.${name}`);
  }
  return batch;
}

function stack(items: readonly unknown[], first: Tensor, path: string): Tensor {
  const { length } = first.data;
  const TypedArrayOf = first.data.constructor as new (length: number) => TypedArray;
  const data = new TypedArrayOf(length * items.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Tensor;
    if (!isTensor(item) || item.data.constructor !== first.data.constructor || !sameShape(item.shape, first.shape))
      throw new Error(
        `the items of a batch differ${at(path)}: item 0 is ${describe(first)}, item ${i} is ${describe(item)}; ` +
          'resize or pad them to one shape before the batch',
      );
    data.set(item.data as never, i * length);
  }
  return { data, shape: [items.length, ...first.shape] };
}

const at = (path: string): string => (path === '' ? '' : ` in "${path}"`);

function describe(value: unknown): string {
  if (isTensor(value)) return describeTensor(value);
  return value === null ? 'null' : typeof value;
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}
