/**
 * The files in the demo data that are broken on purpose, as they turn up in any folder that people and machines write
 * to.
 */
import { encodeGrayPng } from './png.mjs';

const SIDE = 28;

/** @param {(x: number, y: number) => number} shade */
function picture(shade) {
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => shade(at % SIDE, Math.floor(at / SIDE)));
  return encodeGrayPng(pixels, SIDE, SIDE);
}

const diagonal = picture((x, y) => (Math.abs(x - y) < 3 ? 255 : 0));

/** A picture whose compressed pixels are damaged, while its header is fine. */
function damaged() {
  const bytes = Buffer.from(diagonal);
  const pixels = bytes.indexOf('IDAT') + 4;
  bytes.fill(0xff, pixels, pixels + 16);
  return bytes;
}

/**
 * Path below the digits' folder → bytes. The first six cannot be read as an image; the last three can, but show next to
 * nothing.
 * @type {Record<string, Buffer>}
 */
export const brokenFiles = {
  '0/interrupted-upload.png': Buffer.alloc(0),
  '2/disk-full.png': diagonal.subarray(0, 60),
  '3/notes.png': Buffer.from('Scanned on Tuesday. The scanner was dirty.\n'),
  '5/not-found.png': Buffer.from('<!doctype html><title>404</title><h1>Not found</h1>\n'),
  '7/bad-sector.png': damaged(),
  '8/header-only.png': diagonal.subarray(0, 8),
  '1/blank-page.png': picture(() => 0),
  '4/dust.png': picture((x, y) => (x === 3 && y === 20 ? 180 : 0)),
  '9/lens-cap.png': picture((x, y) => (x + y === 50 ? 9 : 0)),
};
