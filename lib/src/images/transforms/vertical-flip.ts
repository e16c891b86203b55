import { flippedVertically } from './flip';
import { layoutAlone, type LayoutOptions } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Mirrors images top to bottom, as torchvision's `RandomVerticalFlip(p=1)`. dtype and shape stay.
 *
 * @throws TypeError for a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * verticalFlip()(image); // { data: Uint8Array.of(3, 4, 1, 2), shape: [1, 2, 2] }
 */
export function verticalFlip(options: LayoutOptions = {}): ImageTransform {
  const name = 'verticalFlip';
  const layout = layoutAlone(options, name);
  return imageTransform({ name, layout, parameters: { layout }, apply: flippedVertically });
}
