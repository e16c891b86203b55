import { checkOptions, type OptionTypes } from '../../util/options';
import { flippedHorizontally } from './flip';
import { layoutOf, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

const OPTIONS: OptionTypes<LayoutOptions> = { layout: 'any' };

/**
 * Mirrors images left to right, as torchvision's `RandomHorizontalFlip(p=1)`. dtype and shape stay.
 *
 * @throws TypeError for a wrong option; on an item that is no image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * horizontalFlip()(image); // { data: Uint8Array.of(2, 1, 4, 3), shape: [1, 2, 2] }
 */
export function horizontalFlip(options: LayoutOptions = {}): ImageTransform {
  const name = 'horizontalFlip';
  checkOptions(options, name, OPTIONS);
  const layout = layoutOf(options.layout, name);
  return imageTransform({ name, layout, parameters: { layout }, apply: flippedHorizontally });
}
