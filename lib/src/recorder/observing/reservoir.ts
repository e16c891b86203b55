/**
 * A bounded, stratified choice from a stream: the first few, a random choice of the middle, the last few.
 */
export class Reservoir<T> {
  #first: T[] = [];
  #middle: T[] = [];
  #last: T[] = [];
  #aged = 0;

  /** `size` items of each of the three kinds. */
  constructor(private readonly size: number) {}

  /** Returns the item that was dropped for it, which may be `item` itself. */
  add(item: T): T | null {
    if (this.#first.length < this.size) {
      this.#first.push(item);
      return null;
    }
    this.#last.push(item);
    if (this.#last.length <= this.size) return null;
    const aged = this.#last.shift()!;
    this.#aged++;
    if (this.#middle.length < this.size) {
      this.#middle.push(aged);
      return null;
    }
    // Algorithm R (Vitter, 1985).
    const at = Math.floor(Math.random() * this.#aged);
    if (at >= this.size) return aged;
    const replaced = this.#middle[at]!;
    this.#middle[at] = aged;
    return replaced;
  }

  clear(): void {
    this.#first = [];
    this.#middle = [];
    this.#last = [];
    this.#aged = 0;
  }

  get length(): number {
    return this.#first.length + this.#middle.length + this.#last.length;
  }

  items(): T[] {
    return [...this.#first, ...this.#middle, ...this.#last];
  }
}
