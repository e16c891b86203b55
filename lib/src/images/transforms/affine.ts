import { checkOptions, type OptionTypes } from '../../util/options';
import { inverseAffine, middleOf } from './affine-matrix';
import { listOf, numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';
import { warped } from './warp';
import { WARP_OPTIONS, type WarpOptions, warpParameters } from './warp-options';

/** The options of `affine`. */
export interface AffineOptions extends WarpOptions {
  /** Degrees, clockwise. Default 0. */
  angle?: number;
  /** Pixels to the right and down. Default `[0, 0]`. */
  translate?: readonly [x: number, y: number];
  /** How much larger the image gets. Default 1. */
  scale?: number;
  /** Degrees, along x and y. Default `[0, 0]`. */
  shear?: readonly [x: number, y: number];
}

const OPTIONS: OptionTypes<AffineOptions> = {
  ...WARP_OPTIONS,
  angle: 'any',
  translate: 'any',
  scale: 'any',
  shear: 'any',
};

/**
 * Turns, shifts, scales and shears images, as torchvision's `functional.affine`, which turns clockwise unlike `rotate`.
 * dtype and shape stay.
 *
 * @throws TypeError for wrong options; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * affine({ translate: [1, 0] })(image); // { data: Uint8Array.of(0, 1, 0, 3), shape: [1, 2, 2] }
 */
export function affine(options: AffineOptions): ImageTransform {
  const name = 'affine';
  checkOptions(options, name, OPTIONS);
  const angle = numberOf(options.angle ?? 0, `angle of ${name}`);
  const translate = listOf(options.translate ?? [0, 0], `translate of ${name}`, 2) as [number, number];
  const scale = numberOf(options.scale ?? 1, `scale of ${name}`, Number.MIN_VALUE);
  const shear = listOf(options.shear ?? [0, 0], `shear of ${name}`, 2) as [number, number];
  const { center, interpolation, fill, layout } = warpParameters(options, name);
  return imageTransform({
    name,
    layout,
    parameters: { angle, translate, scale, shear, center, interpolation, fill, layout },
    apply: (image) => {
      const matrix = inverseAffine({ angle, translate, scale, shear, center: center ?? middleOf(image) });
      return warped(image, { matrix, height: image.height, width: image.width, interpolation, fill }, name);
    },
  });
}
