import { checkShare } from '../../util/check';
import { checkOptions, type OptionTypes } from '../../util/options';
import { flippedHorizontally } from './flip';
import { layoutOf, type LayoutOptions } from './parameters';
import { type RandomImageTransform, randomTransform, unchanged } from './transform';

const OPTIONS: OptionTypes<LayoutOptions> = { layout: 'any' };

/**
 * Mirrors images left to right with a probability of `p`, 0.5 by default, as torchvision's `RandomHorizontalFlip`; the others stay as they are.
 *
 * @throws TypeError for a probability that is no number from 0 to 1, or a wrong option; on an item that is no image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * const flipped = Dataset.fromArray([image]).randomMap(randomHorizontalFlip(1), { seed: 7 });
 * await flipped.toArray(); // [{ data: Uint8Array.of(2, 1, 4, 3), shape: [1, 2, 2] }]
 */
export function randomHorizontalFlip(p = 0.5, options: LayoutOptions = {}): RandomImageTransform {
  const name = 'randomHorizontalFlip';
  checkShare(p, `p of ${name}`);
  checkOptions(options, name, OPTIONS);
  const layout = layoutOf(options.layout, name);
  return randomTransform({
    name,
    layout,
    parameters: { p, layout },
    draw: (random) => (random.next() < p ? flippedHorizontally : unchanged),
  });
}
