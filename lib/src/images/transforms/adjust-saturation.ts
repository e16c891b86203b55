import { checkOptions, type OptionTypes } from '../../util/options';
import { ADJUSTMENTS } from './adjust';
import { layoutOf, type LayoutOptions, numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

const OPTIONS: OptionTypes<LayoutOptions> = { layout: 'any' };

/**
 * Makes images greyer (below 1) or more colourful, as torchvision's `adjust_saturation`. Floats are taken to be from 0
 * to 1 and kept there; alpha is left alone. Grey images stay.
 *
 * @throws TypeError for a factor below 0, or a wrong option; on an item that is no image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * adjustSaturation(0)(image).data; // Uint8Array.of(124, 124, 124)
 */
export function adjustSaturation(factor: number, options: LayoutOptions = {}): ImageTransform {
  const name = 'adjustSaturation';
  numberOf(factor, `factor of ${name}`, 0);
  checkOptions(options, name, OPTIONS);
  const layout = layoutOf(options.layout, name);
  return imageTransform({
    name,
    layout,
    parameters: { factor, layout },
    apply: (image) => ADJUSTMENTS.saturation(image, factor),
  });
}
