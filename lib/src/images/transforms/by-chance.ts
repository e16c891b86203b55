import { checkShare } from '../../util/check';
import type { Image } from './image';
import { layoutAlone, type LayoutOptions } from './parameters';
import { type RandomImageTransform, randomTransform, unchanged } from './transform';

/** Applies something to an image with the probability `p`, and leaves the others as they are. */
export function byChance(
  name: string,
  p: number,
  options: LayoutOptions,
  apply: (image: Image) => Image,
): RandomImageTransform {
  checkShare(p, `p of ${name}`);
  const layout = layoutAlone(options, name);
  return randomTransform({
    name,
    layout,
    parameters: { p, layout },
    draw: (random) => (random.next() < p ? apply : unchanged),
  });
}
