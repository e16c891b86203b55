/** The two halves of the digest under way: of one value, and never across an await. */
let a = 0;
let b = 0;

export function beginDigest(seedA = 0x2545f491, seedB = seedA ^ 0x1b873593): void {
  a = seedA;
  b = seedB;
}

export function absorb(word: number): void {
  a = Math.imul(a ^ word, 0x85ebca6b);
  a = (a << 15) | (a >>> 17);
  b = Math.imul(b ^ word, 0xc2b2ae35);
  b = (b << 13) | (b >>> 19);
}

export function endDigest(): void {
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
  a = Math.imul(a ^ (a >>> 15), 0x846ca68b);
  a ^= a >>> 16;
  b = Math.imul(b ^ (b >>> 16), 0x21f0aaad);
  b = Math.imul(b ^ (b >>> 15), 0x735a2d97);
  b ^= b >>> 15;
}

export const first = (): number => a;
export const second = (): number => b;
