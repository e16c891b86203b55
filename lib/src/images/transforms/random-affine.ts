import { checkOptions, type OptionTypes } from '../../util/options';
import { WARP_OPTIONS, type WarpOptions, warpParameters } from './warp-options';
import { inverseAffine, middleOf } from './affine-matrix';
import { listOf, type NumberRange, rangeOf, roundHalfEven, spreadOf } from './parameters';
import { type RandomImageTransform, randomTransform } from './transform';
import { warped } from './warp';

/** The options of `randomAffine`. */
export interface RandomAffineOptions extends WarpOptions {
  /** The range of angles, or a number for `[-degrees, degrees]`; clockwise. Default 0. */
  degrees?: number | NumberRange;
  /** How far at most to both sides, as shares of width and height, from 0 to 1. Default `[0, 0]`. */
  translate?: readonly [x: number, y: number];
  /** The range of scales. Default `[1, 1]`. */
  scale?: NumberRange;
  /** Degrees along x: a range, or a number for `[-shear, shear]`; or ranges along x and y. Default 0. */
  shear?: number | NumberRange | readonly [lowX: number, highX: number, lowY: number, highY: number];
}

const OPTIONS: OptionTypes<RandomAffineOptions> = {
  ...WARP_OPTIONS,
  degrees: 'any',
  translate: 'any',
  scale: 'any',
  shear: 'any',
};

/**
 * Turns, shifts, scales and shears images at random, as torchvision's `RandomAffine`; shifts are whole pixels. dtype
 * and shape stay.
 *
 * @throws TypeError for wrong options; on an item that is not an image.
 * @example
 * const image = { data: new Float32Array(28 * 28), shape: [1, 28, 28] };
 * const moved = Dataset.fromArray([image]).randomMap(randomAffine({ degrees: 10, translate: [0.1, 0.1] }), { seed: 7 });
 * (await moved.toArray())[0].shape; // [1, 28, 28]
 */
export function randomAffine(options: RandomAffineOptions): RandomImageTransform {
  const name = 'randomAffine';
  checkOptions(options, name, OPTIONS);
  const degrees = spreadOf(options.degrees ?? 0, `degrees of ${name}`);
  const translate = listOf(options.translate ?? [0, 0], `translate of ${name}`, 2);
  rangeOf([Math.min(...translate), Math.max(...translate)], `translate of ${name}`, 0, 1);
  const scale = rangeOf(options.scale ?? [1, 1], `scale of ${name}`, Number.MIN_VALUE, Number.MAX_VALUE);
  const shear = shearOf(options.shear ?? 0, `shear of ${name}`);
  const { center, interpolation, fill, layout } = warpParameters(options, name);
  return randomTransform({
    name,
    layout,
    parameters: { degrees, translate, scale, shear, center, interpolation, fill, layout },
    draw: (random, height, width) => {
      const shift = (most: number): number => roundHalfEven(random.uniform(-most, most));
      const matrix = inverseAffine({
        angle: random.uniform(...degrees),
        translate: [shift(translate[0]! * width), shift(translate[1]! * height)],
        scale: random.uniform(...scale),
        shear: [random.uniform(shear[0], shear[1]), random.uniform(shear[2], shear[3])],
        center: center ?? middleOf({ height, width }),
      });
      return (image) => warped(image, { matrix, height, width, interpolation, fill }, name);
    },
  });
}

function shearOf(shear: unknown, name: string): [lowX: number, highX: number, lowY: number, highY: number] {
  if (!Array.isArray(shear) || shear.length !== 4) return [...spreadOf(shear, name), 0, 0];
  return [...rangeOf(shear.slice(0, 2), name), ...rangeOf(shear.slice(2), name)];
}
