/**
 * Which items of a stream of unknown length to look at, so that each has the same chance of being among those that are
 * kept: at first every one, later one in two, four, eight and so on at random distances (Bernoulli sampling whose rate
 * halves). What was kept is thinned with the rate.
 */
export class FairChoice {
  /** One in 2^level items is kept. */
  #level = 0;
  /** Position in the stream of the next item to look at. */
  next = 0;

  /** The item at `position` was looked at. */
  advance(position: number): void {
    this.next = position + this.#distance();
  }

  /**
   * Halves the chance of all items before `position`, and of those to come. Returns the rows of `count` that stay, in
   * their order.
   */
  halve(count: number, position: number): number[] {
    this.#level++;
    this.next = position - 1 + this.#distance();
    const kept: number[] = [];
    for (let row = 0; row < count; row++) if (Math.random() < 0.5) kept.push(row);
    return kept;
  }

  /** Items up to the next that is looked at, from 1: geometrically distributed. */
  #distance(): number {
    if (this.#level === 0) return 1;
    return 1 + Math.floor(Math.log(1 - Math.random()) / Math.log1p(-(2 ** -this.#level)));
  }
}
