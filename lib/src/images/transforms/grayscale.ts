import { checkOptions, type OptionTypes } from '../../util/options';
import { greyed } from './grey';
import { checkOneOf, layoutOf, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/** The options of `grayscale`. */
export interface GrayscaleOptions extends LayoutOptions {
  /** 1, the default, or 3 alike. */
  channels?: 1 | 3;
}

const OPTIONS: OptionTypes<GrayscaleOptions> = { channels: 'any', layout: 'any' };

/**
 * Converts images to grey: the brightness of each pixel by ITU-R BT.601 as Pillow's `convert('L')`: torchvision's
 * `Grayscale`. Alpha is left out; dtype, height and width stay. Of files, `decodeImage` with `channels: 1` is faster.
 *
 * @throws TypeError for wrong options; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * grayscale()(image); // { data: Uint8Array.of(124), shape: [1, 1, 1] }
 */
export function grayscale(options: GrayscaleOptions = {}): ImageTransform {
  const name = 'grayscale';
  checkOptions(options, name, OPTIONS);
  const channels = checkOneOf<1 | 3>(options.channels ?? 1, `channels of ${name}`, [1, 3]);
  const layout = layoutOf(options.layout, name);
  return imageTransform({ name, layout, parameters: { channels, layout }, apply: (image) => greyed(image, channels) });
}
