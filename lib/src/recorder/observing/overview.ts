import type { Envelope, Overview } from 'stemma-document';
import type { TypedArray } from '../../tensor/tensor';

/** How many stretches an envelope has, and how many elements are looked at in all. */
const STRETCHES = 128;
const MAX_LOOKED_AT = 1024;
/** A matrix is reduced to this many squares each way, each the mean of up to four elements. */
const MAX_SIDE = 32;
const LEVELS = 255;

/** A small picture of a tensor's elements: the course of a vector; of anything else, the first matrix of its last two
 * dimensions. */
export function overviewOf(data: TypedArray, shape: readonly number[]): Overview {
  const sides = shape.filter((side) => side !== 1);
  if (sides.length < 2) return envelopeOf(data.length, (i) => Number(data[i]));
  const [height, width] = sides.slice(-2) as [number, number];
  return matrixOf(data, height, width);
}

/** Minimum and maximum of each of `count` equal stretches, over evenly spread elements. */
export function envelopeOf(length: number, at: (i: number) => number): Envelope {
  const count = Math.min(STRETCHES, length);
  const looks = Math.max(1, Math.min(Math.ceil(length / count), Math.floor(MAX_LOOKED_AT / count)));
  const low: (number | null)[] = [];
  const high: (number | null)[] = [];
  for (let stretch = 0; stretch < count; stretch++) {
    const from = Math.floor((stretch * length) / count);
    const size = Math.floor(((stretch + 1) * length) / count) - from;
    let min = Infinity;
    let max = -Infinity;
    for (let look = 0; look < looks; look++) {
      const value = at(from + Math.floor((look * size) / looks));
      if (value < min) min = value;
      if (value > max) max = value;
    }
    low.push(rounded(min));
    high.push(rounded(max));
  }
  return { type: 'envelope', low, high };
}

function matrixOf(data: TypedArray, height: number, width: number): Overview {
  const rows = Math.min(MAX_SIDE, height);
  const columns = Math.min(MAX_SIDE, width);
  const means: number[] = [];
  for (let row = 0; row < rows; row++) {
    const [top, below] = twoOf(row, rows, height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = twoOf(column, columns, width);
      const at = (y: number, x: number): number => Number(data[y * width + x]);
      means.push((at(top, left) + at(top, right) + at(below, left) + at(below, right)) / 4);
    }
  }
  let low = Infinity;
  let high = -Infinity;
  for (const mean of means) {
    if (!Number.isFinite(mean)) continue;
    if (mean < low) low = mean;
    if (mean > high) high = mean;
  }
  const scale = high > low ? LEVELS / (high - low) : 0;
  return {
    type: 'matrix',
    columns,
    low: rounded(low),
    high: rounded(high),
    levels: means.map((mean) => (Number.isFinite(mean) ? Math.round((mean - low) * scale) : null)),
  };
}

/** The first element of a square, and the one in its middle. */
function twoOf(square: number, squares: number, size: number): [number, number] {
  const from = Math.floor((square * size) / squares);
  return [from, Math.floor((from + Math.floor(((square + 1) * size) / squares)) / 2)];
}

/** To five digits, which is more than can be seen. */
function rounded(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  // Most lists that are looked at are of small whole numbers, and printing a number takes long.
  return Number.isInteger(value) && Math.abs(value) < 1e5 ? value : Number(value.toPrecision(5));
}

/** About how many bytes an overview takes in memory. */
export function sizeOfOverview(overview: Overview | undefined): number {
  if (overview === undefined) return 0;
  switch (overview.type) {
    case 'envelope':
      return 16 * overview.low.length;
    case 'matrix':
      return 8 * overview.levels.length;
    default:
      return 0;
  }
}
