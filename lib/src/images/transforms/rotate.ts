import { checkOptions, type OptionTypes } from '../../util/options';
import { expanded, inverseAffine, middleOf } from './affine-matrix';
import type { Image } from './image';
import { numberOf } from './parameters';
import { type ImageTransform, imageTransform } from './transform';
import { warped } from './warp';
import { WARP_OPTIONS, type WarpOptions, warpParameters } from './warp-options';

/** The options of `rotate` and `randomRotation`. */
export interface RotateOptions extends WarpOptions {
  /** Enlarge the result to hold all corners. Default false: it keeps its size. Not with `center`. */
  expand?: boolean;
}

/** Their names, for `checkOptions`. */
export const ROTATE_OPTIONS: OptionTypes<RotateOptions> = { ...WARP_OPTIONS, expand: 'boolean' };

/** Those options, checked, with their defaults. */
export function rotateParameters(options: RotateOptions, name: string) {
  checkOptions(options, name, ROTATE_OPTIONS);
  const { expand = false, center = null } = options;
  if (expand && center !== null)
    throw new TypeError(
      `invalid center of ${name}: expected none with expand, for the result is as large as it needs to be`,
    );
  return { ...warpParameters(options, name), expand };
}

/**
 * Turns images counter-clockwise by `angle` degrees, as torchvision's `functional.rotate` and Pillow's `Image.rotate`.
 * dtype and channels stay, the size too unless `expand`.
 *
 * @throws TypeError for an angle that is not a number, or wrong options; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 2] };
 * rotate(90)(image); // { data: Uint8Array.of(2, 4, 1, 3), shape: [1, 2, 2] }
 */
export function rotate(angle: number, options: RotateOptions = {}): ImageTransform {
  const name = 'rotate';
  numberOf(angle, `angle of ${name}`);
  const parameters = rotateParameters(options, name);
  return imageTransform({
    name,
    layout: parameters.layout,
    parameters: { angle, ...parameters },
    apply: (image) => rotated(image, angle, parameters, name),
  });
}

export function rotated(
  image: Image,
  angle: number,
  parameters: ReturnType<typeof rotateParameters>,
  name: string,
): Image {
  const { interpolation, expand, fill } = parameters;
  if (angle % 360 === 0) return image;
  const center = parameters.center ?? middleOf(image);
  // Clockwise there.
  const matrix = inverseAffine({ angle: -angle, translate: [0, 0], scale: 1, shear: [0, 0], center });
  const { height, width } = image;
  const frame = expand ? expanded(matrix, height, width) : { matrix, height, width };
  return warped(image, { ...frame, interpolation, fill }, name);
}
