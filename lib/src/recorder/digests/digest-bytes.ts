import { absorb } from './digest-state';

const PRIME = 0x85ebca6b;

/** Larger arrays and texts are digested in part, where that is allowed. */
const LARGE_BYTES = 256 * 1024;
const BLOCK_WORDS = 1024;
/** One of this many blocks, and the first and the last one. */
const BLOCKS = 16;

/**
 * Digests the bytes of a typed array. `isWhole`: all of them; else of a large one a choice of blocks, the same ones in
 * each array of this length. Returns whether it left something out.
 */
export function digestBytes(view: ArrayBufferView, isWhole: boolean): boolean {
  const { byteLength } = view;
  absorb(byteLength);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, byteLength);
  // A copy costs less than to put words together from bytes.
  const words =
    view.byteOffset % 4 === 0
      ? new Int32Array(view.buffer, view.byteOffset, byteLength >>> 2)
      : new Int32Array(bytes.slice(0, byteLength & ~3).buffer);
  for (let i = words.length * 4; i < byteLength; i++) absorb(bytes[i]!);
  const isPartial = !isWhole && byteLength > LARGE_BYTES;
  if (!isPartial) digestWords(words, 0, words.length);
  else inBlocks(words.length, (from, to) => digestWords(words, from, to));
  return isPartial;
}

/** Digests a text as `digestBytes` does an array of 2 bytes a character. */
export function digestText(text: string, isWhole: boolean): boolean {
  const { length } = text;
  absorb(length);
  const isPartial = !isWhole && length * 2 > LARGE_BYTES;
  if (!isPartial) digestCharacters(text, 0, length);
  else inBlocks(length, (from, to) => digestCharacters(text, from, to));
  return isPartial;
}

function inBlocks(length: number, digest: (from: number, to: number) => void): void {
  for (let from = 0; from < length; from += BLOCK_WORDS)
    if (isChosen(from, length)) digest(from, Math.min(from + BLOCK_WORDS, length));
}

function digestCharacters(text: string, from: number, to: number): void {
  let i = from;
  for (; i + 1 < to; i += 2) absorb(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  if (i < to) absorb(text.charCodeAt(i));
}

/** Scattered, so that no regular structure of images is left out altogether. */
function isChosen(from: number, length: number): boolean {
  if (from === 0 || from + BLOCK_WORDS >= length) return true;
  return Math.imul(from / BLOCK_WORDS + 1, 0x9e3779b1) >>> 28 === BLOCKS - 1;
}

/** In eight lanes, since a multiplication waits for the one before it: some 7 bytes a nanosecond rather than one. */
function digestWords(words: Int32Array, from: number, to: number): void {
  let i = from;
  if (to - from >= 16) {
    let a = 1;
    let b = 2;
    let c = 3;
    let d = 4;
    let e = 5;
    let f = 6;
    let g = 7;
    let h = 8;
    for (const end = to - 7; i < end; i += 8) {
      a = turned(Math.imul(a ^ words[i]!, PRIME));
      b = turned(Math.imul(b ^ words[i + 1]!, PRIME));
      c = turned(Math.imul(c ^ words[i + 2]!, PRIME));
      d = turned(Math.imul(d ^ words[i + 3]!, PRIME));
      e = turned(Math.imul(e ^ words[i + 4]!, PRIME));
      f = turned(Math.imul(f ^ words[i + 5]!, PRIME));
      g = turned(Math.imul(g ^ words[i + 6]!, PRIME));
      h = turned(Math.imul(h ^ words[i + 7]!, PRIME));
    }
    for (const lane of [a, b, c, d, e, f, g, h]) absorb(lane);
  }
  for (; i < to; i++) absorb(words[i]!);
}

/** Without it, changes of the highest bit of two words would undo each other. */
const turned = (word: number): number => (word << 15) | (word >>> 17);
