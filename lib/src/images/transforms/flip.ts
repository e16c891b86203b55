import { blankLike, type Image } from './image';

/** Left and right change places. */
export function flippedHorizontally(image: Image): Image {
  const result = blankLike(image, image.height, image.width);
  const { depth } = image;
  const [from, to] = [image.data, result.data];
  const row = image.width * depth;
  for (let start = 0; start < from.length; start += row) {
    for (let x = 0, back = start + row - depth; x < row; x += depth, back -= depth)
      for (let c = 0; c < depth; c++) to[start + x + c] = from[back + c]!;
  }
  return result;
}

/** Top and bottom change places. */
export function flippedVertically(image: Image): Image {
  const result = blankLike(image, image.height, image.width);
  const row = image.width * image.depth;
  for (let plane = 0; plane < image.planes; plane++) {
    for (let y = 0; y < image.height; y++) {
      const from = (plane * image.height + y) * row;
      result.data.set(image.data.subarray(from, from + row), (plane * image.height + image.height - 1 - y) * row);
    }
  }
  return result;
}
