import { byChance } from './by-chance';
import { flippedVertically } from './flip';
import type { LayoutOptions } from './parameters';
import type { RandomImageTransform } from './transform';

/**
 * Mirrors images top to bottom with a probability of `p`, 0.5 by default, as torchvision's `RandomVerticalFlip`; the
 * others stay as they are.
 *
 * @throws TypeError for a probability that is not from 0 to 1, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * const flipped = Dataset.fromArray([image]).randomMap(randomVerticalFlip(1), { seed: 7 });
 * await flipped.toArray(); // [{ data: Uint8Array.of(3, 4, 1, 2), shape: [1, 2, 2] }]
 */
export function randomVerticalFlip(p = 0.5, options: LayoutOptions = {}): RandomImageTransform {
  return byChance('randomVerticalFlip', p, options, flippedVertically);
}
