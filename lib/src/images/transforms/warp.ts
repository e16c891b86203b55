import { filled, rounded } from './crop';
import { blankLike, type Image, isFloat } from './image';
import { type Interpolation, perChannel } from './parameters';

/** From a point of the result to one of the source: `x' = a·x + b·y + c`, `y' = d·x + e·y + f`. Pixels are areas, their centres at halves. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** How an image is moved, and what is where nothing of it comes to be. */
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
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const columns = [Math.max(0, left), Math.min(width - 1, left + 1)] as const;
  const rows = [Math.max(0, top) * width, Math.min(height - 1, top + 1) * width] as const;
  const target = result.height * result.width;
  for (let plane = 0; plane < planes; plane++) {
    const start = plane * height * width;
    for (let c = 0; c < depth; c++) {
      const value = (row: number, column: number): number => data[(start + row + column) * depth + c]!;
      const upper = blend(value(rows[0], columns[0]), value(rows[0], columns[1]), right);
      const lower = blend(value(rows[1], columns[0]), value(rows[1], columns[1]), right);
      const blended = blend(upper, lower, down);
      result.data[(plane * target + at) * depth + c] = isFloat(data) ? blended : rounded(blended);
    }
  }
}

/** An infinity that counts nothing would make it NaN. */
const blend = (from: number, to: number, share: number): number => (share === 0 ? from : from + (to - from) * share);
