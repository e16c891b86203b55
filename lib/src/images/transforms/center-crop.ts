import { checkOptions, type OptionTypes } from '../../util/options';
import { cropped } from './crop';
import { centreOf } from './dimensions';
import { type Fill, fillOf, layoutOf, type LayoutOptions, type Size, sizeOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/** The options of `centerCrop`. */
export interface CenterCropOptions extends LayoutOptions {
  /** The value around an image that is smaller than the crop. Default 0. */
  fill?: Fill;
}

const OPTIONS: OptionTypes<CenterCropOptions> = { fill: 'any', layout: 'any' };

/**
 * Cuts out the middle, as torchvision's `CenterCrop`: `size` is the side of a square, or `[height, width]`. A smaller
 * image gets a border of `fill` first. dtype and channels stay.
 *
 * @throws TypeError for a size that is not a positive integer; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), shape: [1, 3, 3] };
 * centerCrop(1)(image); // { data: Uint8Array.of(5), shape: [1, 1, 1] }
 */
export function centerCrop(size: Size, options: CenterCropOptions = {}): ImageTransform {
  const name = 'centerCrop';
  checkOptions(options, name, OPTIONS);
  const [height, width] = sizeOf(size, name);
  const fill = fillOf(options.fill, name);
  const layout = layoutOf(options.layout, name);
  return imageTransform({
    name,
    layout,
    parameters: { size: [height, width], fill, layout },
    apply: (image) => cropped(image, centreOf(image, height, width), fill, name),
  });
}
