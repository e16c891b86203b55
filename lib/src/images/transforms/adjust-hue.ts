import { ADJUSTMENTS } from './adjust';
import { layoutAlone, type LayoutOptions, numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';

/**
 * Turns the hue by a share of the circle, -0.5 to 0.5, as torchvision's `adjust_hue`: red becomes green by a third.
 * Floats are taken to be from 0 to 1 and kept there; alpha is left alone. Grey images stay.
 *
 * @throws TypeError for a turn beyond -0.5 and 0.5, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(240, 0, 0), shape: [3, 1, 1] };
 * adjustHue(1 / 3)(image).data; // Uint8Array.of(0, 240, 0)
 */
export function adjustHue(turn: number, options: LayoutOptions = {}): ImageTransform {
  const name = 'adjustHue';
  numberOf(turn, `turn of ${name}`, -0.5, 0.5);
  const layout = layoutAlone(options, name);
  return imageTransform({
    name,
    layout,
    parameters: { turn, layout },
    apply: (image) => ADJUSTMENTS.hue(image, turn),
  });
}
