const SIZE = 64;
const RANGE = 2 ** 32;

/**
 * How many different values there were, in bounded memory: the 64 smallest hashes (k minimum values, Bar-Yossef et al.,
 * RANDOM 2002). Exact below 64 values, within some 13 % above. Sketches merge by taking the smallest of both.
 */
export class DistinctSketch {
  /** The smallest ones, and for a while some that were once among them. */
  #hashes: Set<number>;
  #greatest = RANGE;

  constructor(hashes: readonly number[] = []) {
    this.#hashes = new Set(hashes);
  }

  /** A hash of 32 bits, without a sign. */
  addHash(hash: number): void {
    if (hash >= this.#greatest) return;
    this.#hashes.add(hash);
    if (this.#hashes.size > 2 * SIZE) this.toJSON();
  }

  get isFull(): boolean {
    return this.#hashes.size >= SIZE;
  }

  /** The number of different values, or an estimate of it where the sketch is full. */
  get count(): number {
    if (!this.isFull) return this.#hashes.size;
    return Math.max(SIZE, Math.round((SIZE - 1) / ((this.toJSON().at(-1)! + 1) / RANGE)));
  }

  /** The hashes in ascending order. */
  toJSON(): number[] {
    const smallest = [...this.#hashes].sort((a, b) => a - b).slice(0, SIZE);
    if (smallest.length < this.#hashes.size) this.#hashes = new Set(smallest);
    if (smallest.length === SIZE) this.#greatest = smallest[SIZE - 1]!;
    return smallest;
  }
}
