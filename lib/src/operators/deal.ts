import type { Random } from '../util/random';

/**
 * Which part each place of `count` goes to: its index plus 1; 0 for none. Each part has exactly as many places as
 * `sizes` says.
 */
export function dealOut(count: number, sizes: readonly number[], random: Random): Uint16Array {
  const dealt = new Uint16Array(count);
  let from = 0;
  for (const [part, size] of sizes.entries()) dealt.fill(part + 1, from, (from += size));
  // Fisher and Yates, from the end.
  for (let i = count - 1; i > 0; i--) {
    const at = random.int(i + 1);
    const one = dealt[i]!;
    dealt[i] = dealt[at]!;
    dealt[at] = one;
  }
  return dealt;
}

/** Whole numbers in the relation of `shares` of `count`, by the largest remainder. */
export function sizesOf(count: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * count);
  const sizes = exact.map((size) => Math.floor(size + 1e-9));
  const total = Math.min(count, Math.round(exact.reduce((sum, size) => sum + size, 0)));
  const byRemainder = exact
    .map((size, i) => ({ i, rest: size - sizes[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  let left = total - sizes.reduce((sum, size) => sum + size, 0);
  for (const { i } of byRemainder) if (left-- > 0) sizes[i]!++;
  return sizes;
}

/**
 * The sizes of parts in one stretch of `count` places after another, as near to the parts' relation as whole numbers
 * can be, so that all stretches together have exactly `sizes`.
 */
export class Stretches {
  /** How far each part is below its share so far; the last one stands for the rows of no part. */
  readonly #due: number[];
  readonly #shares: number[];

  constructor(sizes: readonly number[], count: number) {
    const all = [...sizes, count - sizes.reduce((sum, size) => sum + size, 0)];
    this.#shares = all.map((size) => size / count);
    this.#due = all.map(() => 0);
  }

  next(places: number): number[] {
    const due = this.#due;
    const sizes = due.map(() => 0);
    for (const [part, share] of this.#shares.entries()) due[part]! += share * places;
    for (let place = 0; place < places; place++) {
      let most = 0;
      for (let part = 1; part < due.length; part++) if (due[part]! > due[most]! + 1e-9) most = part;
      due[most]!--;
      sizes[most]!++;
    }
    return sizes.slice(0, -1);
  }
}

/**
 * Whole numbers in the relation of `shares` of `count`, which are right on average: `at` is a random number from 0 to
 * 1.
 */
export function roundedSizes(count: number, shares: readonly number[], at: number): number[] {
  let below = 0;
  return shares.map((share) => {
    const low = below;
    below += share;
    return Math.floor(below * count + at + 1e-9) - Math.floor(low * count + at + 1e-9);
  });
}

/** The shortest stretch of rows in which all shares are whole numbers, 100 at most. */
export function blockOf(shares: readonly number[]): number {
  const isWhole = (size: number): boolean => Math.abs(size - Math.round(size)) < 1e-9;
  for (let block = 2; block < 100; block++) if (shares.every((share) => isWhole(share * block))) return block;
  return 100;
}
