import { isTypedArray, type Tensor, type TypedArray } from '../tensor/tensor';
import type { LeafPadding, PaddedShape } from './padding';

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
export function padTensors(tensors: readonly Tensor[], { value, shape }: LeafPadding): Tensor[] {
  const sizes = tensors[0]!.shape.map((_, axis) => Math.max(...tensors.map((tensor) => tensor.shape[axis]!)));
  const target = targetOf(shape, sizes);
  for (const { shape: own } of tensors)
    if (!fits(own, target))
      throw new Error(`a tensor of shape [${own.join(', ')}] does not fit into the shape [${target.join(', ')}]`);
  return tensors.map((tensor) => padTensor(tensor, target, value));
}

/** The shape that is asked for, and where none is, that of the greatest sizes. */
function targetOf(shape: PaddedShape | null, sizes: readonly number[]): number[] {
  return (shape ?? sizes).map((size, axis) => size ?? sizes[axis] ?? 0);
}

function fits(sizes: readonly number[], target: readonly number[]): boolean {
  return sizes.length === target.length && sizes.every((size, axis) => size <= target[axis]!);
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

/** Fills lists, and the lists in them, up to one shape, at the end of each. */
export function padLists(items: readonly unknown[], { value, shape }: LeafPadding): unknown[] {
  const extent = new Extent();
  for (const item of items) {
    if (!isList(item)) throw new Error('only lists can be padded beside lists');
    extent.add(item, 0);
  }
  const target = targetOf(shape, extent.sizes);
  if (!fits(extent.sizesIn(target.length), target))
    throw new Error(`lists of up to [${extent.sizes.join(', ')}] do not fit into the shape [${target.join(', ')}]`);
  return items.map((item) => padList(item as ArrayLike<unknown>, 0, target, value, extent));
}

function padList(list: ArrayLike<unknown>, axis: number, target: number[], value: number, extent: Extent): unknown {
  const length = target[axis]!;
  if (isTypedArray(list)) return padTensor({ data: list, shape: [list.length] }, [length], value).data;
  const padded = Array.from(list);
  const isInnermost = axis === target.length - 1;
  while (padded.length < length) padded.push(isInnermost ? value : extent.emptyList(axis + 1));
  if (isInnermost) return padded;
  return padded.map((inner) => padList(inner as ArrayLike<unknown>, axis + 1, target, value, extent));
}

/** What lists have in common: how deep they are, and how long at most. */
class Extent {
  readonly sizes: number[] = [];
  /** By depth: whether the members are lists; none where there are no members. */
  readonly #nested: boolean[] = [];
  #TypedArrayOf: (new (length: number) => TypedArray) | null = null;

  add(list: ArrayLike<unknown>, axis: number): void {
    this.sizes[axis] = Math.max(this.sizes[axis] ?? 0, list.length);
    if (isTypedArray(list)) {
      this.#TypedArrayOf ??= list.constructor as new (length: number) => TypedArray;
      this.#note(axis, false);
      return;
    }
    for (let i = 0; i < list.length; i++) {
      const member = list[i];
      const isNested = typeof member === 'object' && isList(member);
      this.#note(axis, isNested);
      if (isNested) this.add(member, axis + 1);
    }
  }

  #note(axis: number, isNested: boolean): void {
    if ((this.#nested[axis] ??= isNested) !== isNested)
      throw new Error(
        'lists and other members cannot be padded side by side: only sizes can be padded, not dimensions',
      );
  }

  /** The sizes in so many dimensions, if there may be so many: empty lists do not say how deep they are. */
  sizesIn(dimensions: number): number[] {
    const isOpen = this.#nested[this.sizes.length - 1] === undefined;
    return isOpen
      ? Array.from({ length: Math.max(dimensions, this.sizes.length) }, (_, axis) => this.sizes[axis] ?? 0)
      : this.sizes;
  }

  /** A list without members at a depth. */
  emptyList(axis: number): ArrayLike<unknown> {
    return this.#TypedArrayOf !== null && this.#nested[axis] === false ? new this.#TypedArrayOf(0) : [];
  }
}
