import { type Image, imageIn, pixelsLike } from './image';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Converts images from channels last, `[h, w, c]`, to channels first, `[c, h, w]`, as PyTorch wants them: NumPy's
 * `transpose(2, 0, 1)`. dtype stays. `decodeImage` has an option `layout` for it.
 *
 * @throws TypeError on an item that is not an image of layout HWC.
 * @example
 * const image = { data: Uint8Array.of(1, 3, 5, 2, 4, 6), shape: [1, 2, 3] };
 * toCHW()(image); // { data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] }
 */
export function toCHW(): ImageTransform {
  return imageTransform({ name: 'toCHW', layout: 'HWC', parameters: {}, apply: channelsFirst });
}

function channelsFirst({ data, channels, height, width }: Image): Image {
  const result = imageIn(pixelsLike(data, data.length), 'CHW', channels, height, width);
  const pixels = height * width;
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < pixels; i++) result.data[c * pixels + i] = data[i * channels + c]!;
  return result;
}
