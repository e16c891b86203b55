import { checkOptions, type OptionTypes } from '../../util/options';
import type { Random } from '../../util/random';
import { type Box, cropped } from './crop';
import type { Dimensions } from './dimensions';
import {
  type Interpolation,
  interpolationOf,
  layoutOf,
  type LayoutOptions,
  type NumberRange,
  rangeOf,
  roundHalfEven,
  type Size,
  sizeOf,
} from './parameters';
import { resampled } from './resample';
import { type RandomImageTransform, randomTransform } from './transform';

/** The options of `randomResizedCrop`. */
export interface RandomResizedCropOptions extends LayoutOptions {
  /** How much of the image's area the crop has, from 0 to 1. Default `[0.08, 1]`. */
  scale?: NumberRange;
  /** Its aspect ratio, width ÷ height, even on a logarithmic scale. Default `[3 / 4, 4 / 3]`. */
  ratio?: NumberRange;
  /** Default `'bilinear'`, antialiased. */
  interpolation?: Interpolation;
}

const OPTIONS: OptionTypes<RandomResizedCropOptions> = {
  scale: 'any',
  ratio: 'any',
  interpolation: 'any',
  layout: 'any',
};

/**
 * Cuts out a rectangle of random size, aspect ratio and place and resizes it to `size`, the side of a square or
 * `[height, width]`: torchvision's `RandomResizedCrop`, with which networks for ImageNet are trained. dtype and
 * channels stay.
 *
 * @throws TypeError for a wrong size or option; on an item that is not an image.
 * @example
 * const image = { data: new Uint8Array(3 * 40 * 30), shape: [3, 40, 30] };
 * const crops = Dataset.fromArray([image]).randomMap(randomResizedCrop(16), { seed: 7 });
 * (await crops.toArray())[0].shape; // [3, 16, 16]
 */
export function randomResizedCrop(size: Size, options: RandomResizedCropOptions = {}): RandomImageTransform {
  const name = 'randomResizedCrop';
  checkOptions(options, name, OPTIONS);
  const [height, width] = sizeOf(size, name);
  const scale = rangeOf(options.scale ?? [0.08, 1], `scale of ${name}`, 0, 1);
  const ratio = rangeOf(options.ratio ?? [3 / 4, 4 / 3], `ratio of ${name}`, Number.MIN_VALUE, Number.MAX_VALUE);
  const interpolation = interpolationOf(options.interpolation ?? 'bilinear', name);
  const layout = layoutOf(options.layout, name);
  return randomTransform({
    name,
    layout,
    parameters: { size: [height, width], scale, ratio, interpolation, layout },
    draw: (random, imageHeight, imageWidth) => {
      const box = boxOf(random, { height: imageHeight, width: imageWidth }, scale, ratio);
      return (image) => resampled(cropped(image, box, 0, name), height, width, interpolation);
    },
  });
}

const TRIES = 10;

/** As torchvision has it: ten tries, then the middle, of the nearest ratio that is allowed. */
function boxOf(random: Random, image: Dimensions, scale: NumberRange, [narrowest, widest]: NumberRange): Box {
  for (let i = 0; i < TRIES; i++) {
    const area = image.height * image.width * random.uniform(...scale);
    const aspect = Math.exp(random.uniform(Math.log(narrowest), Math.log(widest)));
    const width = roundHalfEven(Math.sqrt(area * aspect));
    const height = roundHalfEven(Math.sqrt(area / aspect));
    if (width < 1 || height < 1 || width > image.width || height > image.height) continue;
    return { top: random.int(image.height - height + 1), left: random.int(image.width - width + 1), height, width };
  }
  const aspect = image.width / image.height;
  const height = aspect < narrowest ? Math.max(1, roundHalfEven(image.width / narrowest)) : image.height;
  const width = aspect > widest ? Math.max(1, roundHalfEven(image.height * widest)) : image.width;
  return {
    top: Math.floor((image.height - height) / 2),
    left: Math.floor((image.width - width) / 2),
    height,
    width,
  };
}
