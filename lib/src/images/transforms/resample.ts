import { weightsAt } from '../taps';
import type { Box } from './crop';
import { blankLike, type Image, isFloat } from './image';
import type { Interpolation } from './parameters';

/** The outputs of one axis: each is a weighted sum of `count` samples, from `first` on. */
interface Axis {
  count: number;
  first: Int32Array;
  weights: Float64Array;
}

/**
 * Resizes a rectangle of an image, which need not begin and end at whole pixels: as `decodeImage` and Pillow do,
 * bilinear and antialiased (a triangle filter that is as wide as the distance of two outputs), or the nearest pixel.
 */
export function resampled(
  image: Image,
  height: number,
  width: number,
  interpolation: Interpolation,
  box: Box = { top: 0, left: 0, height: image.height, width: image.width },
): Image {
  const axisOf = interpolation === 'nearest' ? nearest : triangles;
  const across = axisOf(image.width, width, box.left, box.width);
  const down = axisOf(image.height, height, box.top, box.height);
  if (isIdentity(across, image.width) && isIdentity(down, image.height)) return image;
  const result = blankLike(image, height, width);
  const { depth } = image;
  const row = width * depth;
  // Rows that were resized, in a ring: of one output only `down.count` are needed.
  const rows = Array.from({ length: down.count }, () => ({ at: -1, values: new Float64Array(row) }));
  const sum = new Float64Array(row);
  // Rounded to whole numbers, where they are to be.
  const half = isFloat(image.data) ? 0 : 0.5;
  for (let plane = 0; plane < image.planes; plane++) {
    for (const one of rows) one.at = -1;
    for (let y = 0; y < height; y++) {
      sum.fill(half);
      for (let k = 0; k < down.count; k++) {
        const weight = down.weights[y * down.count + k]!;
        if (weight === 0) continue;
        const at = down.first[y]! + k;
        const kept = rows[at % down.count]!;
        if (kept.at !== at) {
          resampleRow(image.data, (plane * image.height + at) * image.width * depth, depth, across, kept.values);
          kept.at = at;
        }
        const { values } = kept;
        for (let i = 0; i < row; i++) sum[i]! += weight * values[i]!;
      }
      result.data.set(sum, (plane * height + y) * row);
    }
  }
  return result;
}

const isIdentity = ({ count, first }: Axis, size: number): boolean =>
  count === 1 && first.length === size && first.every((sample, i) => sample === i);

function resampleRow(data: Image['data'], start: number, depth: number, axis: Axis, target: Float64Array): void {
  const { count, first, weights } = axis;
  for (let x = 0; x < first.length; x++) {
    for (let c = 0; c < depth; c++) {
      let sum = 0;
      for (let k = 0, at = start + first[x]! * depth + c; k < count; k++, at += depth) {
        const weight = weights[x * count + k]!;
        // An infinity that counts nothing would make it NaN.
        if (weight !== 0) sum += weight * data[at]!;
      }
      target[x * depth + c] = sum;
    }
  }
}

function triangles(size: number, outSize: number, start: number, length: number): Axis {
  const outputs = Array.from({ length: outSize }, (_, i) => weightsAt(i, size, outSize, start, length));
  const count = Math.max(...outputs.map(({ weights }) => weights.length));
  const axis = { count, first: new Int32Array(outSize), weights: new Float64Array(outSize * count) };
  outputs.forEach(({ first, weights }, i) => {
    axis.first[i] = first;
    axis.weights.set(weights, i * count);
  });
  return axis;
}

function nearest(size: number, outSize: number, start: number, length: number): Axis {
  const step = length / outSize;
  const first = Int32Array.from({ length: outSize }, (_, i) =>
    Math.min(size - 1, Math.floor(start + (i + 0.5) * step)),
  );
  return { count: 1, first, weights: new Float64Array(outSize).fill(1) };
}
