import { byFactor } from './by-factor';
import type { LayoutOptions } from './parameters';
import type { ImageTransform } from './transform';

/**
 * Makes images darker (below 1) or brighter (above 1), as torchvision's `adjust_brightness`. Floats are taken to be
 * from 0 to 1 and kept there; alpha is left alone.
 *
 * @throws TypeError for a factor below 0, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * adjustBrightness(0.5)(image).data; // Uint8Array.of(100, 50, 25)
 */
export function adjustBrightness(factor: number, options: LayoutOptions = {}): ImageTransform {
  return byFactor('adjustBrightness', 'brightness', factor, options);
}
