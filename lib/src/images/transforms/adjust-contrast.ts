import { checkOptions, type OptionTypes } from '../../util/options';
import { ADJUSTMENTS } from './adjust';
import { layoutOf, type LayoutOptions, numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

const OPTIONS: OptionTypes<LayoutOptions> = { layout: 'any' };

/**
 * Moves values to the mean brightness of the image (below 1) or away from it, as torchvision's `adjust_contrast`.
 * Floats are taken to be from 0 to 1 and kept there; alpha is left alone.
 *
 * @throws TypeError for a factor below 0, or a wrong option; on an item that is no image.
 * @example
 * const image = { data: Uint8Array.of(120, 120, 120), shape: [3, 1, 1] };
 * adjustContrast(2)(image).data; // Uint8Array.of(120, 120, 120)
 */
export function adjustContrast(factor: number, options: LayoutOptions = {}): ImageTransform {
  const name = 'adjustContrast';
  numberOf(factor, `factor of ${name}`, 0);
  checkOptions(options, name, OPTIONS);
  const layout = layoutOf(options.layout, name);
  return imageTransform({
    name,
    layout,
    parameters: { factor, layout },
    apply: (image) => ADJUSTMENTS.contrast(image, factor),
  });
}
