import { isTypedArray, type Tensor, type TypedArray } from '../tensor/tensor';
import type { Padding } from './collate';

/** An array or typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || isTypedArray(value);
}

/** The lengths of a list and of the lists in it, as far down as all of them agree; where they do not, `ragged` stands. */
export function shapeOfList(list: ArrayLike<unknown>): (number | 'ragged')[] {
  const first = list.length === 0 ? undefined : list[0];
  if (!isList(first)) return [list.length];
  const inner = shapeOfList(first);
  for (let i = 1; i < list.length; i++) {
    const item = list[i];
    if (!isList(item) || shapeOfList(item).join() !== inner.join()) return [list.length, 'ragged'];
  }
  return [list.length, ...inner];
}

/** Fills tensors of one rank up to one shape, at the end of each dimension. */
export function padTensors(tensors: readonly Tensor[], { value, shape }: Padding): Tensor[] {
  const target = shape ?? tensors[0]!.shape.map((_, axis) => Math.max(...tensors.map((tensor) => tensor.shape[axis]!)));
  for (const { shape: own } of tensors)
    if (own.length !== target.length || own.some((size, axis) => size > target[axis]!))
      throw new Error(`a tensor of shape [${own.join(', ')}] does not fit into the shape [${target.join(', ')}]`);
  return tensors.map((tensor) => padTensor(tensor, [...target], value));
}

function padTensor({ data, shape }: Tensor, target: number[], value: number): Tensor {
  if (shape.every((size, axis) => size === target[axis])) return { data, shape };
  const TypedArrayOf = data.constructor as new (length: number) => TypedArray;
  const padded = new TypedArrayOf(target.reduce((product, size) => product * size, 1));
  padded.fill((typeof padded[0] === 'bigint' ? BigInt(value) : value) as never);
  copyInto(padded, target, 0, data, shape, 0, 0);
  return { data: padded, shape: target };
}

/** Copies the part of `data` at `from` to `at` in `padded`, one dimension further in. */
function copyInto(
  padded: TypedArray,
  target: readonly number[],
  at: number,
  data: TypedArray,
  shape: readonly number[],
  from: number,
  axis: number,
): void {
  if (axis >= shape.length - 1) {
    padded.set(data.subarray(from, from + (shape[axis] ?? 1)) as never, at);
    return;
  }
  const product = (sizes: readonly number[]): number => sizes.slice(axis + 1).reduce((size, next) => size * next, 1);
  const [outer, inner] = [product(target), product(shape)];
  for (let i = 0; i < shape[axis]!; i++)
    copyInto(padded, target, at + i * outer, data, shape, from + i * inner, axis + 1);
}

/** Fills lists up to one length. */
export function padLists(items: readonly unknown[], { value, shape }: Padding): unknown[] {
  const lists = items.map((item) => {
    if (!isList(item)) throw new Error('only lists can be padded beside lists');
    return item;
  });
  const length = shape?.[0] ?? Math.max(...lists.map((list) => list.length));
  return lists.map((list) => {
    if (list.length > length) throw new Error(`a list of ${list.length} does not fit into the length ${length}`);
    if (Array.isArray(list)) return [...(list as unknown[]), ...new Array<number>(length - list.length).fill(value)];
    const typed = list as TypedArray;
    return padTensor({ data: typed, shape: [typed.length] }, [length], value).data;
  });
}
