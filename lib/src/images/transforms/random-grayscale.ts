import { checkShare } from '../../util/check';
import { checkOptions, type OptionTypes } from '../../util/options';
import { greyedAlike } from './grey';
import { layoutOf, type LayoutOptions } from './parameters';
import { type RandomImageTransform, randomTransform, unchanged } from './transform';

const OPTIONS: OptionTypes<LayoutOptions> = { layout: 'any' };

/**
 * Makes images grey with a probability of `p`, 0.1 by default, as torchvision's `RandomGrayscale`. dtype and shape stay: three channels are three
 * alike, and alpha is left alone.
 *
 * @throws TypeError for a probability that is no number from 0 to 1, or a wrong option; on an item that is no image.
 * @example
 * const image = { data: Uint8Array.of(200, 100, 50), shape: [3, 1, 1] };
 * const grey = Dataset.fromArray([image]).randomMap(randomGrayscale(1), { seed: 7 });
 * await grey.toArray(); // [{ data: Uint8Array.of(124, 124, 124), shape: [3, 1, 1] }]
 */
export function randomGrayscale(p = 0.1, options: LayoutOptions = {}): RandomImageTransform {
  const name = 'randomGrayscale';
  checkShare(p, `p of ${name}`);
  checkOptions(options, name, OPTIONS);
  const layout = layoutOf(options.layout, name);
  return randomTransform({
    name,
    layout,
    parameters: { p, layout },
    draw: (random) => (random.next() < p ? greyedAlike : unchanged),
  });
}
