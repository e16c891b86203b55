import type { Matrix } from './warp';

/** A rotation, shift, scaling and shear around a point. */
export interface Affine {
  /** Degrees, clockwise. */
  angle: number;
  /** Pixels to the right and down. */
  translate: readonly [x: number, y: number];
  scale: number;
  /** Degrees, along x and y. */
  shear: readonly [x: number, y: number];
  center: readonly [x: number, y: number];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** From the result back to the source: torchvision's `_get_inverse_affine_matrix`. */
export function inverseAffine({ angle, translate, scale, shear, center }: Affine): Matrix {
  const [rotation, shearX, shearY] = [radians(angle), radians(shear[0]), radians(shear[1])];
  const [cx, cy] = center;
  const a = exact(Math.cos(rotation - shearY) / Math.cos(shearY));
  const b = exact((-Math.cos(rotation - shearY) * Math.tan(shearX)) / Math.cos(shearY) - Math.sin(rotation));
  const c = exact(Math.sin(rotation - shearY) / Math.cos(shearY));
  const d = exact((-Math.sin(rotation - shearY) * Math.tan(shearX)) / Math.cos(shearY) + Math.cos(rotation));
  const [xx, xy, yx, yy] = [d / scale, -b / scale, -c / scale, a / scale];
  const [x, y] = [-cx - translate[0], -cy - translate[1]];
  return [xx, xy, xx * x + xy * y + cx, yx, yy, yx * x + yy * y + cy];
}

/** Right angles give whole numbers, as Pillow has it: 15 decimals. */
const exact = (x: number): number => Math.round(x * 1e15) / 1e15;

/** The middle of an image. */
export const middleOf = ({ height, width }: { height: number; width: number }): [x: number, y: number] => [
  width / 2,
  height / 2,
];

/** The same with a result that is large enough for all corners, as Pillow's `expand`. */
export function expanded(
  matrix: Matrix,
  height: number,
  width: number,
): { matrix: Matrix; height: number; width: number } {
  const [a, b, c, d, e, f] = matrix;
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ].map(([x, y]) => [a * x! + b * y! + c, d * x! + e * y! + f] as const);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  // Right angles need no part of a pixel more, wherever the corners are.
  const isRight = a === 0 || b === 0;
  const reach = (values: number[]): number => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return isRight ? Math.round(most - least) : Math.ceil(most) - Math.floor(least);
  };
  const [newWidth, newHeight] = [reach(xs), reach(ys)];
  const [x, y] = [-(newWidth - width) / 2, -(newHeight - height) / 2];
  return { matrix: [a, b, a * x + b * y + c, d, e, d * x + e * y + f], height: newHeight, width: newWidth };
}
