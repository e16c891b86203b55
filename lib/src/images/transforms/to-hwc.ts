import { type Image, imageIn, pixelsLike } from './image';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Converts images from channels first, `[c, h, w]`, to channels last, `[h, w, c]`, as TensorFlow and Keras want them:
 * NumPy's `transpose(1, 2, 0)`. dtype stays. `decodeImage` has an option `layout` for it.
 *
 * @throws TypeError on an item that is not an image of layout CHW.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] };
 * toHWC()(image); // { data: Uint8Array.of(1, 3, 5, 2, 4, 6), shape: [1, 2, 3] }
 */
export function toHWC(): ImageTransform {
  return imageTransform({ name: 'toHWC', layout: 'CHW', parameters: {}, apply: channelsLast });
}

function channelsLast({ data, channels, height, width }: Image): Image {
  const result = imageIn(pixelsLike(data, data.length), 'HWC', channels, height, width);
  const pixels = height * width;
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < pixels; i++) result.data[i * channels + c] = data[c * pixels + i]!;
  return result;
}
