import { byFactor } from './by-factor';
import type { LayoutOptions } from './parameters';
import type { ImageTransform } from './transform';

/**
 * Moves values to the mean brightness of the image (below 1) or away from it, as torchvision's `adjust_contrast`.
 * Floats are taken to be from 0 to 1 and kept there; alpha is left alone.
 *
 * @throws TypeError for a factor below 0, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(120, 120, 120), shape: [3, 1, 1] };
 * adjustContrast(2)(image).data; // Uint8Array.of(120, 120, 120)
 */
export function adjustContrast(factor: number, options: LayoutOptions = {}): ImageTransform {
  return byFactor('adjustContrast', 'contrast', factor, options);
}
