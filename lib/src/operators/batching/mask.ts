import { isTensor, isTypedArray, type Tensor } from '../../tensor/tensor';
import { isList } from './form';
import { padLists } from './pad-lists';
import { padTensors } from './pad-tensors';
import type { LeafPadding } from './leaf-padding';

/** Of the shape of `padded`, which was made of `column`: 1 where an element is of an item, 0 where it was filled in. */
export function maskOf(column: readonly unknown[], padded: unknown, padding: LeafPadding): unknown {
  const zero = { ...padding, value: 0 };
  if (!isTensor(padded)) return padLists(column.map(onesLike) as ArrayLike<unknown>[], zero);
  const [, ...shape] = padded.shape;
  const ones = (column as Tensor[]).map((tensor) => ({
    data: new Uint8Array(tensor.data.length).fill(1),
    shape: tensor.shape,
  }));
  const data = new Uint8Array(padded.data.length);
  const size = data.length / column.length;
  padTensors(ones, { ...zero, shape }).forEach((mask, i) => data.set(mask.data as Uint8Array, i * size));
  return { data, shape: padded.shape };
}

function onesLike(value: unknown): unknown {
  if (isTypedArray(value)) return new Uint8Array(value.length).fill(1);
  return isList(value) ? Array.from(value, onesLike) : 1;
}

/** How long each item was along its first dimension; what was cut does not count. */
export function lengthsOf(column: readonly unknown[], padded: unknown): number[] {
  const longest = isTensor(padded) ? (padded.shape[1] ?? 0) : ((padded as ArrayLike<unknown>[])[0]?.length ?? 0);
  return column.map((item) => Math.min(longest, isTensor(item) ? (item.shape[0] ?? 0) : (item as unknown[]).length));
}
