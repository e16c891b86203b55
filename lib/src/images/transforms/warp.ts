import { filled } from './crop';
import { blankLike, type Image } from './image';
import { type Interpolation, perChannel } from './parameters';

/**
 * From a point of the result to one of the source: `x' = a·x + b·y + c`, `y' = d·x + e·y + f`. Pixels are areas, their
 * centres at halves.
 */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** How an image is moved, and the value outside it. */
export interface Warp {
  matrix: Matrix;
  height: number;
  width: number;
  interpolation: Interpolation;
  fill: number | readonly number[];
}

/** Moves an image by a matrix, as Pillow's `Image.transform` does. */
export function warped(image: Image, { matrix, height, width, interpolation, fill }: Warp, name: string): Image {
  const result = blankLike(image, height, width);
  filled(result, perChannel(fill, image, `fill of ${name}`));
  const [a, b, c, d, e, f] = matrix;
  const pixel = interpolation === 'nearest' ? copyNearest : blendBilinear;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = a * (x + 0.5) + b * (y + 0.5) + c;
      const fromY = d * (x + 0.5) + e * (y + 0.5) + f;
      if (fromX >= 0 && fromX < image.width && fromY >= 0 && fromY < image.height)
        pixel(image, fromX, fromY, result, y * width + x);
    }
  }
  return result;
}

/** Sets pixel `at` of the result to that at a point of the image. */
function copyNearest(image: Image, x: number, y: number, result: Image, at: number): void {
  const { planes, depth } = image;
  const from = Math.floor(y) * image.width + Math.floor(x);
  const [source, target] = [image.height * image.width, result.height * result.width];
  for (let plane = 0; plane < planes; plane++)
    for (let c = 0; c < depth; c++)
      result.data[(plane * target + at) * depth + c] = image.data[(plane * source + from) * depth + c]!;
}

/** Likewise, between the four pixels around the point; beyond the edge it is that of the edge. */
function blendBilinear(image: Image, x: number, y: number, result: Image, at: number): void {
  const { data, planes, depth, width, height } = image;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const right = x - 0.5 - left;
  const down = y - 0.5 - top;
  const firstColumn = Math.max(0, left) * depth;
  const lastColumn = Math.min(width - 1, left + 1) * depth;
  const firstRow = Math.max(0, top) * width * depth;
  const lastRow = Math.min(height - 1, top + 1) * width * depth;
  const size = height * width * depth;
  const target = result.height * result.width * depth;
  // Whole numbers are cut off when they are put there.
  const half = result.data instanceof Float32Array ? 0 : 0.5;
  for (let plane = 0; plane < planes; plane++) {
    for (let c = 0; c < depth; c++) {
      const start = plane * size + c;
      const upper = blend(data[start + firstRow + firstColumn]!, data[start + firstRow + lastColumn]!, right);
      const lower = blend(data[start + lastRow + firstColumn]!, data[start + lastRow + lastColumn]!, right);
      result.data[plane * target + at * depth + c] = blend(upper, lower, down) + half;
    }
  }
}

/** An infinity that counts nothing would make it NaN. */
const blend = (from: number, to: number, share: number): number => (share === 0 ? from : from + (to - from) * share);
