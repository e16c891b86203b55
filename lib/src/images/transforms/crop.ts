import { blankLike, type Image, isFloat } from './image';
import { perChannel } from './parameters';

/** A rectangle of an image, in pixels. It may reach beyond the image. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Cuts out a rectangle; beyond the image there is `fill`. */
export function cropped(
  image: Image,
  { top, left, height, width }: Box,
  fill: number | readonly number[],
  name: string,
): Image {
  if (top === 0 && left === 0 && height === image.height && width === image.width) return image;
  const result = blankLike(image, height, width);
  const [firstRow, lastRow] = [Math.max(0, -top), Math.min(height, image.height - top)];
  const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(width, image.width - left)];
  if (lastRow - firstRow < height || lastColumn - firstColumn < width)
    filled(result, perChannel(fill, image, `fill of ${name}`));
  if (lastColumn <= firstColumn) return result;
  const { planes, depth } = image;
  for (let plane = 0; plane < planes; plane++) {
    for (let y = firstRow; y < lastRow; y++) {
      const from = ((plane * image.height + top + y) * image.width + left + firstColumn) * depth;
      const to = ((plane * height + y) * width + firstColumn) * depth;
      result.data.set(image.data.subarray(from, from + (lastColumn - firstColumn) * depth), to);
    }
  }
  return result;
}

/** Sets all pixels of an image to one colour. */
export function filled({ data, channels, planes, depth }: Image, colour: readonly number[]): void {
  if (colour.every((value) => value === 0)) return;
  const size = data.length / planes;
  for (let plane = 0; plane < planes; plane++)
    for (let c = 0; c < depth; c++) {
      const value = isFloat(data) ? colour[plane + c]! : rounded(colour[plane + c]!);
      if (channels === planes) data.fill(value, plane * size, (plane + 1) * size);
      else for (let i = c; i < data.length; i += depth) data[i] = value;
    }
}

/** To a whole number from 0 to 255. */
export const rounded = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
