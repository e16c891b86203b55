import { isRecord } from '../record';
import { isTensor, type Tensor, type TypedArray } from '../../tensor/tensor';
import { setField } from '../../util/set-field';

/** Smaller tensors are as well copied when the batch is full. */
const LEAST_BYTES = 16 * 1024;
/** A larger batch is not given its memory before it is full: it may never be. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Moves large tensors into the memory of their batch as they come, so that their own is free long before the batch is
 * full: V8's collector has less to mark and to move. Stacking then finds them side by side, and copies nothing.
 */
export class Gatherer {
  /** `memory`: the batch's, by field; of an item that is a tensor, by the empty name. */
  private constructor(
    private readonly size: number,
    private readonly memory: ReadonlyMap<string, TypedArray>,
  ) {}

  /** For a batch of `size` items like its first one; null where there is nothing to move. */
  static of(first: unknown, size: number): Gatherer | null {
    const memory = new Map<string, TypedArray>();
    for (const [name, { data }] of tensorsOf(first)) {
      if (data.byteLength < LEAST_BYTES || data.byteLength * size > MOST_BYTES || data instanceof Buffer) continue;
      const all = new (data.constructor as new (length: number) => TypedArray)(data.length * size);
      gathered.add(all.buffer);
      memory.set(name, all);
    }
    return memory.size > 0 ? new Gatherer(size, memory) : null;
  }

  /**
   * `item`, the `index`th of its batch, with its tensors in the batch's memory; `item` itself is not touched. What does
   * not fit is left as it is: stacking says why.
   */
  move(item: unknown, index: number): unknown {
    let moved = item;
    for (const [name, { data, shape }] of tensorsOf(item)) {
      const memory = this.memory.get(name);
      if (memory?.constructor !== data.constructor || memory.length !== data.length * this.size) continue;
      const place = memory.subarray(index * data.length, (index + 1) * data.length);
      place.set(data as never);
      const tensor = { data: place, shape };
      if (name === '') return tensor;
      if (moved === item) moved = { ...(item as object) };
      setField(moved as object, name, tensor);
    }
    return moved;
  }
}

/** The memory of batches that are not stacked yet. */
const gathered = new WeakSet<ArrayBufferLike>();

/**
 * The memory in which a batch's data were gathered; null where they were not, or not all. Returned once: from then on
 * it belongs to the user.
 */
export function takeGathered(all: readonly TypedArray[]): TypedArray | null {
  const { buffer, byteLength, constructor } = all[0]!;
  if (!gathered.has(buffer) || buffer.byteLength !== byteLength * all.length) return null;
  if (!all.every((data, i) => data.buffer === buffer && data.byteOffset === i * byteLength)) return null;
  gathered.delete(buffer);
  return new (constructor as new (buffer: ArrayBufferLike) => TypedArray)(buffer);
}

/** An item's tensors by field; none where it cannot be read. */
function tensorsOf(item: unknown): [string, Tensor][] {
  try {
    if (isTensor(item)) return [['', item]];
    return isRecord(item) ? Object.entries(item).filter((field): field is [string, Tensor] => isTensor(field[1])) : [];
  } catch {
    return [];
  }
}
