import { byChance } from './by-chance';
import { flippedHorizontally } from './flip';
import type { LayoutOptions } from './parameters';
import type { RandomImageTransform } from './transform';

/**
 * Mirrors images left to right with a probability of `p`, 0.5 by default, as torchvision's `RandomHorizontalFlip`; the
 * others stay as they are.
 *
 * @throws TypeError for a probability that is not from 0 to 1, or a wrong option; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * const flipped = Dataset.fromArray([image]).randomMap(randomHorizontalFlip(1), { seed: 7 });
 * await flipped.toArray(); // [{ data: Uint8Array.of(2, 1, 4, 3), shape: [1, 2, 2] }]
 */
export function randomHorizontalFlip(p = 0.5, options: LayoutOptions = {}): RandomImageTransform {
  return byChance('randomHorizontalFlip', p, options, flippedHorizontally);
}
