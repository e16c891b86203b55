import { isTypedArray, type TypedArray } from '../../tensor/tensor';
import { memberFor } from './fill';
import { isList } from './form';
import { padTensor } from './pad-tensors';
import type { LeafPadding } from './leaf-padding';
import { checkSizes, targetOf } from './target-shape';

/** Fills lists, and the lists in them, up to one shape. */
export function padLists(items: readonly ArrayLike<unknown>[], padding: LeafPadding): unknown[] {
  const extent = new Extent(padding.where);
  for (const item of items) extent.add(item, 0);
  const target = targetOf(extent.sizesIn(padding.shape?.length ?? 0), padding);
  checkSizes('lists', extent.sizesIn(target.length), target, padding);
  const pad = new ListPadding(target, padding, extent);
  return items.map((item) => pad.list(item, 0));
}

class ListPadding {
  #member: (() => unknown) | null = null;

  constructor(
    private readonly target: readonly number[],
    private readonly padding: LeafPadding,
    private readonly extent: Extent,
  ) {
    // A value that does not fit is an error also where nothing is missing.
    if (padding.value !== undefined && extent.members.length > 0) this.#filling();
  }

  list(list: ArrayLike<unknown>, axis: number): unknown {
    const length = this.target[axis]!;
    if (isTypedArray(list)) return padTensor({ data: list, shape: [list.length] }, [length], this.padding).data;
    const { side } = this.padding;
    const kept = Math.min(list.length, length);
    const first = side === 'left' ? list.length - kept : 0;
    const isInnermost = axis === this.target.length - 1;
    const members = Array.from({ length: kept }, (_, i) =>
      isInnermost ? list[first + i] : this.list(list[first + i] as ArrayLike<unknown>, axis + 1),
    );
    if (kept === length) return members;
    const missing = Array.from({ length: length - kept }, () =>
      isInnermost ? this.#filling()() : this.list(this.extent.emptyList(axis + 1), axis + 1),
    );
    return side === 'left' ? [...missing, ...members] : [...members, ...missing];
  }

  #filling(): () => unknown {
    const { value, where } = this.padding;
    return (this.#member ??= memberFor(this.extent.members, value, where));
  }
}

/** What lists have in common: how deep they are, and how long at most. */
class Extent {
  readonly sizes: number[] = [];
  /** The members of the innermost lists. */
  readonly members: unknown[] = [];
  /** By depth: whether the members are lists; none where there are no members. */
  readonly #nested: boolean[] = [];
  #TypedArrayOf: (new (length: number) => TypedArray) | null = null;

  constructor(private readonly where: string) {}

  add(list: ArrayLike<unknown>, axis: number): void {
    this.sizes[axis] = Math.max(this.sizes[axis] ?? 0, list.length);
    if (isTypedArray(list)) {
      this.#TypedArrayOf ??= list.constructor as new (length: number) => TypedArray;
      if (list.constructor !== this.#TypedArrayOf)
        throw new Error(`the lists${this.where} are typed arrays of different types`);
      this.#note(axis, false);
      return;
    }
    for (let i = 0; i < list.length; i++) {
      const member = list[i];
      const isNested = typeof member === 'object' && isList(member);
      this.#note(axis, isNested);
      if (isNested) this.add(member, axis + 1);
      else this.members.push(member);
    }
  }

  #note(axis: number, isNested: boolean): void {
    if ((this.#nested[axis] ??= isNested) !== isNested)
      throw new Error(
        `lists and other members cannot be padded side by side${this.where}: only sizes can be padded, not dimensions`,
      );
  }

  /** The sizes in this many dimensions, if the lists may be that deep: empty lists do not show their depth. */
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
