import { checkOptions, type OptionTypes } from '../../util/options';
import { inWords } from '../../util/check';
import { cropped } from './crop';
import { type Fill, fillOf, layoutOf, type LayoutOptions, type Size, sizeOf } from './parameters';
import { type RandomImageTransform, randomTransform } from './transform';

/** The options of `randomCrop`. */
export interface RandomCropOptions extends LayoutOptions {
  /**
   * Pixels of a border that the image gets first: on all sides, left and right and top and bottom, or left, top, right,
   * bottom. Default 0.
   */
  padding?:
    number | readonly [x: number, y: number] | readonly [left: number, top: number, right: number, bottom: number];
  /** Give an image that is too small a border instead of an error. Default false. */
  padIfNeeded?: boolean;
  /** The value of the border. Default 0. */
  fill?: Fill;
}

const OPTIONS: OptionTypes<RandomCropOptions> = { padding: 'any', padIfNeeded: 'boolean', fill: 'any', layout: 'any' };

/**
 * Cuts out a rectangle at random, as torchvision's `RandomCrop`: `size` is the side of a square, or `[height, width]`.
 * With `padding` it moves images of that size by up to that many pixels. dtype and channels stay.
 *
 * @throws TypeError for a wrong size or option; RangeError on an image that is smaller, unless `padIfNeeded`.
 * @example
 * const image = { data: new Float32Array(28 * 28), shape: [1, 28, 28] };
 * const moved = Dataset.fromArray([image]).randomMap(randomCrop(28, { padding: 2 }), { seed: 7 });
 * (await moved.toArray())[0].shape; // [1, 28, 28]
 */
export function randomCrop(size: Size, options: RandomCropOptions = {}): RandomImageTransform {
  const name = 'randomCrop';
  checkOptions(options, name, OPTIONS);
  const [height, width] = sizeOf(size, name);
  const padding = paddingOf(options.padding ?? 0);
  const [left, top, right, bottom] = padding;
  const { padIfNeeded = false } = options;
  const fill = fillOf(options.fill, name);
  const layout = layoutOf(options.layout, name);
  return randomTransform({
    name,
    layout,
    parameters: { size: [height, width], padding, padIfNeeded, fill, layout },
    draw: (random, imageHeight, imageWidth) => {
      const down = placesOf(imageHeight + top + bottom - height);
      const across = placesOf(imageWidth + left + right - width);
      if (!padIfNeeded && (down.missing > 0 || across.missing > 0)) throw tooSmall(imageHeight, imageWidth);
      const box = {
        top: random.int(down.count) - down.missing - top,
        left: random.int(across.count) - across.missing - left,
        height,
        width,
      };
      return (image) => cropped(image, box, fill, name);
    },
  });

  function tooSmall(imageHeight: number, imageWidth: number): RangeError {
    const border = padding.some((side) => side > 0) ? ` and a padding of ${padding.join(', ')}` : '';
    return new RangeError(
      `expected an image of at least ${height} × ${width} pixels (height × width), got ${imageHeight} × ${imageWidth}${border}: ` +
        'pass padIfNeeded: true',
    );
  }
}

/**
 * In how many places a crop may begin, where it leaves `rest` pixels; what is missing is added on both sides, as
 * torchvision does.
 */
function placesOf(rest: number): { missing: number; count: number } {
  return { missing: Math.max(0, -rest), count: Math.abs(rest) + 1 };
}

function paddingOf(padding: unknown): [left: number, top: number, right: number, bottom: number] {
  const sides: unknown[] = Array.isArray(padding) ? padding : [padding];
  const valid =
    [1, 2, 4].includes(sides.length) && sides.every((side) => Number.isSafeInteger(side) && (side as number) >= 0);
  if (!valid)
    throw new TypeError(
      `invalid padding of randomCrop: expected a whole number of pixels, [x, y] or [left, top, right, bottom], got ${inWords(padding)}`,
    );
  const [left, top = left, right = left, bottom = top] = sides as number[];
  return [left!, top!, right!, bottom!];
}
