import { flippedHorizontally } from './flip';
import { layoutAlone, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Mirrors images left to right, as torchvision's `RandomHorizontalFlip(p=1)`. dtype and shape stay.
 *
 * @throws TypeError for a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * horizontalFlip()(image); // { data: Uint8Array.of(2, 1, 4, 3), shape: [1, 2, 2] }
 */
export function horizontalFlip(options: LayoutOptions = {}): ImageTransform {
  const name = 'horizontalFlip';
  const layout = layoutAlone(options, name);
  return imageTransform({ name, layout, parameters: { layout }, apply: flippedHorizontally });
}
