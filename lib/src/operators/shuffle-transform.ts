import { Chunk } from '../engine/chunk';
import type { Origin } from '../engine/origin';
import type { Place } from '../engine/place';
import type { RowNotes } from '../engine/row-notes';
import type { Run } from '../engine/run';
import type { Transform } from '../engine/transform-stage';
import type { Random } from '../util/random';

/** What is shuffled, and how. */
export interface Shuffling {
  node: object;
  bufferSize: number;
  /** A new generator of the numbers of this pass. */
  random: () => Random;
  run: Run;
  /** How much to allocate at once; growing a large array copies it, which takes milliseconds. */
  expected: number;
  /** How many items come in, where these are the first rows of the source in their order; else null. */
  rowsInOrder: number | null;
  /** Where they are not, and somebody may ask. */
  notes: RowNotes | null;
}

/** As tf.data's: a buffer is filled; each item that comes in takes the place of one drawn from it. */
export class ShuffleTransform implements Transform {
  readonly #values: unknown[];
  #origins: Origin[] = [];
  #size = 0;
  #random: Random;
  readonly #bufferSize: number;

  constructor(private readonly shuffling: Shuffling) {
    this.#values = new Array<unknown>(shuffling.expected);
    this.#random = shuffling.random();
    this.#bufferSize = shuffling.bufferSize;
  }

  get buffered(): number {
    return this.#size;
  }

  demand(want: number): number {
    const missing = this.#bufferSize - this.#size;
    return missing > 0 ? Math.min(this.shuffling.run.chunk, missing + want) : want;
  }

  limit(limit: number): number {
    return this.#bufferSize - this.#size + limit;
  }

  push(input: Chunk): Chunk {
    const { values, origins } = input;
    const { expected, notes } = this.shuffling;
    notes?.add(origins);
    // Not allocated together with the values: the event loop gets its turn between the two.
    if (this.#origins.length < expected) this.#origins = new Array<Origin>(expected);
    let filled = 0;
    while (filled < values.length && this.#size < this.#bufferSize) {
      this.#values[this.#size] = values[filled];
      this.#origins[this.#size++] = origins[filled++]!;
    }
    for (let i = filled; i < values.length; i++) {
      const at = this.#random.int(this.#bufferSize);
      const value = this.#values[at];
      const origin = this.#origins[at]!;
      this.#values[at] = values[i];
      this.#origins[at] = origins[i]!;
      values[i - filled] = value;
      origins[i - filled] = origin;
    }
    input.truncate(values.length - filled);
    return input;
  }

  /** The rest, in a random order (Fisher and Yates, from the end). */
  flush(want: number): Chunk {
    const output = Chunk.empty();
    const [values, origins] = [this.#values, this.#origins];
    for (let i = Math.min(want, this.#size); i > 0; i--) {
      const at = this.#random.int(this.#size--);
      output.values.push(values[at]);
      output.origins.push(origins[at]!);
      values[at] = values[this.#size];
      origins[at] = origins[this.#size]!;
    }
    values.length = origins.length = this.#size;
    return output;
  }

  /** The numbers are drawn again, over rows in place of items: what is in the buffer then is read again. */
  seek(place: Place): ReturnType<NonNullable<Transform['seek']>> {
    const { rowsInOrder, node, notes } = this.shuffling;
    const noted = rowsInOrder === null ? place.rowsInto(node) : null;
    const count = rowsInOrder ?? noted?.length ?? 0;
    if (place.again.length > 0 || count === 0) return null;
    const random = this.shuffling.random();
    const held = this.#heldAt(place.row, count, random, noted === null ? (i) => i : (i) => noted[i]!);
    if (held === null) return null;
    const begin = (): void => {
      this.#random = random;
      if (noted !== null) notes?.goOn(noted, held.again.length);
    };
    return { upstream: { ...place, ...held }, begin };
  }

  /** What is held back once the item of `row` was drawn, in its order, and how much was read by then. */
  #heldAt(
    row: number,
    count: number,
    random: Random,
    rowAt: (i: number) => number,
  ): { again: number[]; count: number; row: number } | null {
    const size = Math.min(this.#bufferSize, count);
    const buffer = new Float64Array(size);
    for (let i = 0; i < size; i++) buffer[i] = rowAt(i);
    let read = size;
    while (read < count) {
      const at = random.int(size);
      const drawn = buffer[at]!;
      buffer[at] = rowAt(read++);
      if (drawn === row) return { again: [...buffer], count: read, row: rowAt(read - 1) };
    }
    for (let left = size; left > 0;) {
      const at = random.int(left--);
      const drawn = buffer[at]!;
      buffer[at] = buffer[left]!;
      if (drawn === row) return { again: [...buffer.subarray(0, left)], count: read, row: rowAt(read - 1) };
    }
    return null;
  }
}
