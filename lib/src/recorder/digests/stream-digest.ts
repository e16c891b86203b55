import type { ContentDigest } from 'stemma-document';
import { first, second } from './digest-state';
import { beginItems, digest, hex, leftOut } from './value-digest';

/**
 * Digests what passes, item by item: once in its order, and once whatever the order, by sums that can be added up over
 * the parts of a run. 64 bits each: they tell apart what differs by accident, and are no protection against a forger.
 */
export class StreamDigest {
  items = 0;
  #opaque = 0;
  #isPartial = false;
  #sumA = 0;
  #sumB = 0;
  #orderA = 0;
  #orderB = 0;

  /** `arrays`: whether large arrays within items are digested as a whole, or in part, which costs next to nothing. */
  constructor(private readonly arrays: 'whole' | 'part' = 'whole') {}

  addAll(values: readonly unknown[]): void {
    let [sumA, sumB, orderA, orderB] = [this.#sumA, this.#sumB, this.#orderA, this.#orderB];
    beginItems(this.arrays === 'whole');
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      let a: number;
      let b: number;
      if (typeof value === 'number' && (value | 0) === value) {
        // As `digest` does it, without the calls: streams of numbers are the fast ones.
        a = Math.imul(value ^ 0x2545f491, 0x85ebca6b);
        b = Math.imul(value ^ 0x1b873593, 0xc2b2ae35);
        a = Math.imul(a ^ (a >>> 15), 0x846ca68b);
        b = Math.imul(b ^ (b >>> 14), 0x735a2d97);
        a ^= a >>> 16;
        b ^= b >>> 15;
      } else {
        digest(value);
        a = first();
        b = second();
      }
      sumA = (sumA + a) | 0;
      sumB = (sumB + b) | 0;
      orderA = (Math.imul(orderA, 0x2c1b3c6d) + a) | 0;
      orderB = (Math.imul(orderB, 0x297a2d39) + b) | 0;
    }
    this.#sumA = sumA;
    this.#sumB = sumB;
    this.#orderA = orderA;
    this.#orderB = orderB;
    this.items += values.length;
    const { opaque, isPartial } = leftOut();
    this.#opaque += opaque;
    this.#isPartial ||= isPartial;
  }

  toJson(): ContentDigest {
    return {
      items: this.items,
      ordered: hex(this.#orderA, this.#orderB),
      unordered: hex(this.#sumA, this.#sumB),
      ...(this.#opaque === 0 ? {} : { opaque: this.#opaque }),
      ...(this.#isPartial ? { partial: true as const } : {}),
    };
  }
}
