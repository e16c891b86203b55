import type { Tensor, TypedArray } from '../../tensor/tensor';
import { elementFor } from './fill';
import type { LeafPadding } from './leaf-padding';
import { checkSizes, targetOf } from './target-shape';

/** Fills tensors of one rank up to one shape. */
export function padTensors(tensors: readonly Tensor[], padding: LeafPadding): Tensor[] {
  const first = tensors[0]!;
  const odd = tensors.findIndex((tensor) => tensor.shape.length !== first.shape.length);
  if (odd >= 0)
    throw new Error(
      `the items of a batch differ${padding.where}: item 0 is of shape [${first.shape.join(', ')}], item ${odd} of shape ` +
        `[${tensors[odd]!.shape.join(', ')}]; only sizes can be padded, not dimensions`,
    );
  const sizes = first.shape.map((_, axis) => Math.max(...tensors.map((tensor) => tensor.shape[axis]!)));
  const target = targetOf(sizes, padding);
  for (const { shape } of tensors) checkSizes('a tensor', shape, target, padding);
  return tensors.map((tensor) => padTensor(tensor, target, padding));
}

export function padTensor({ data, shape }: Tensor, target: readonly number[], padding: LeafPadding): Tensor {
  const element = elementFor(padding, data);
  if (shape.every((size, axis) => size === target[axis])) return { data, shape };
  const TypedArrayOf = data.constructor as new (length: number) => TypedArray;
  const padded = new TypedArrayOf(target.reduce((product, size) => product * size, 1));
  if (element !== 0) padded.fill(element as never);
  copyInto(padded, target, 0, data, shape, 0, 0, padding.side);
  return { data: padded, shape: [...target] };
}

/**
 * Copies the part of `data` at `from`, as much of it as there is space for, to `at` in `padded`, one dimension further
 * in.
 */
function copyInto(
  padded: TypedArray,
  target: readonly number[],
  at: number,
  data: TypedArray,
  shape: readonly number[],
  from: number,
  axis: number,
  side: 'right' | 'left',
): void {
  const [own, size] = [shape[axis] ?? 1, target[axis] ?? 1];
  const kept = Math.min(own, size);
  const product = (sizes: readonly number[]): number => sizes.slice(axis + 1).reduce((all, next) => all * next, 1);
  const [outer, inner] = [product(target), product(shape)];
  const into = at + (side === 'left' ? size - kept : 0) * outer;
  const first = from + (side === 'left' ? own - kept : 0) * inner;
  if (axis >= shape.length - 1) {
    padded.set(data.subarray(first, first + kept) as never, into);
    return;
  }
  for (let i = 0; i < kept; i++)
    copyInto(padded, target, into + i * outer, data, shape, first + i * inner, axis + 1, side);
}
