import { byChance } from './by-chance';
import { greyedAlike } from './grey';
import type { LayoutOptions } from './parameters';
import type { RandomImageTransform } from './transform';

/**
 * Makes images grey with a probability of `p`, 0.1 by default, as torchvision's `RandomGrayscale`. dtype and shape
 * stay: three channels are three alike, and alpha is left alone.
 *
 * @throws TypeError for a probability that is not from 0 to 1, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * const grey = Dataset.fromArray([image]).randomMap(randomGrayscale(1), { seed: 7 });
 * await grey.toArray(); // [{ data: Uint8Array.of(124, 124, 124), shape: [3, 1, 1] }]
 */
export function randomGrayscale(p = 0.1, options: LayoutOptions = {}): RandomImageTransform {
  return byChance('randomGrayscale', p, options, greyedAlike);
}
