import { byFactor } from './by-factor';
import type { LayoutOptions } from './parameters';
import type { ImageTransform } from './transform';

/**
 * Makes images greyer (below 1) or more colourful, as torchvision's `adjust_saturation`. Floats are taken to be from 0
 * to 1 and kept there; alpha is left alone. Grey images stay.
 *
 * @throws TypeError for a factor below 0, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * adjustSaturation(0)(image).data; // Uint8Array.of(124, 124, 124)
 */
export function adjustSaturation(factor: number, options: LayoutOptions = {}): ImageTransform {
  return byFactor('adjustSaturation', 'saturation', factor, options);
}
