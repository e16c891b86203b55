import { checkCount } from '../../util/check';
import { checkOptions, type OptionTypes } from '../../util/options';
import { targetSize } from '../target-size';
import { type Box, cropped } from './crop';
import { coveringPart, type Dimensions, fittingSize, longerFollows } from './dimensions';
import type { Image } from './image';
import {
  checkOneOf,
  type Fill,
  fillOf,
  type Interpolation,
  interpolationOf,
  layoutOf,
  type LayoutOptions,
  roundHalfEven,
} from './parameters';
import { resampled } from './resample';
import { type ImageTransform, imageTransform } from './transform';

/** How an image gets a size of another aspect ratio. */
export type ResizeMode = 'stretch' | 'fit' | 'cover' | 'pad';

/** What `resize` makes of images: `width` and `height`, one of them, or `shorterSide`. */
export interface ResizeOptions extends LayoutOptions {
  /** Size in pixels. With only one side the image keeps its proportions, as in `decodeImage`. */
  width?: number;
  height?: number;
  /** Pixels of the shorter side; the longer one follows, as in torchvision's `Resize(256)`. */
  shorterSide?: number;
  /**
   * What happens where the aspect ratio differs. `'stretch'` (the default): the image is distorted. `'fit'`: it keeps
   * its ratio and gets as large as fits, so that one side may be smaller. `'cover'`: it keeps its ratio, and what
   * stands out is cut off on both sides. `'pad'`: as `'fit'`, with a border of `fill` up to the full size.
   */
  mode?: ResizeMode;
  /** The border of `'pad'`. Default 0. */
  fill?: Fill;
  /** `'bilinear'` (the default) is antialiased; `'nearest'` makes no new values, for masks of labels. */
  interpolation?: Interpolation;
}

const OPTIONS: OptionTypes<ResizeOptions> = {
  width: 'any',
  height: 'any',
  shorterSide: 'any',
  mode: 'any',
  fill: 'any',
  interpolation: 'any',
  layout: 'any',
};

/**
 * Resizes images. `'stretch'` is torchvision's `Resize([h, w])` and Keras' `Resizing`, `'cover'` its
 * `crop_to_aspect_ratio` and Pillow's `ImageOps.fit`, `'fit'` Pillow's `ImageOps.contain`, `'pad'` Keras'
 * `pad_to_aspect_ratio` and Pillow's `ImageOps.pad`. dtype and channels stay.
 *
 * Of files, `decodeImage` with `width` and `height` is faster: it resizes in the threads that decode.
 *
 * @throws TypeError for wrong options; on an item that is not an image.
 * @example
 * const image = { data: Uint8Array.of(0, 100, 200, 100), shape: [1, 1, 4] };
 * resize({ width: 2, height: 1 })(image).shape; // [1, 1, 2]
 * resize({ width: 2, height: 2, mode: 'fit' })(image).shape; // [1, 1, 2]
 * resize({ width: 2, height: 2, mode: 'pad' })(image).shape; // [1, 2, 2]
 */
export function resize(options: ResizeOptions): ImageTransform {
  const name = 'resize';
  checkOptions(options, name, OPTIONS);
  const { width, height, shorterSide, mode = 'stretch' } = options;
  const given = sidesOf({ width, height, shorterSide });
  checkOneOf(mode, `mode of ${name}`, ['stretch', 'fit', 'cover', 'pad']);
  if (mode !== 'stretch' && (width === undefined || height === undefined))
    throw new TypeError(
      `invalid mode of ${name}: expected width and height with '${mode}', got only ${Object.keys(given).join()}`,
    );
  const fill = fillOf(options.fill, name);
  const interpolation = interpolationOf(options.interpolation ?? 'bilinear', name);
  const layout = layoutOf(options.layout, name);
  const sizeOf = (image: Dimensions): Dimensions =>
    shorterSide === undefined
      ? targetSize(image.width, image.height, { width, height })
      : longerFollows(image, shorterSide);
  const apply = (image: Image): Image => {
    const size = sizeOf(image);
    const scaled = (to: Dimensions, part?: Box): Image => resampled(image, to.height, to.width, interpolation, part);
    if (mode === 'stretch') return scaled(size);
    if (mode === 'cover') return scaled(size, coveringPart(image, size));
    const inner = fittingSize(image, size);
    if (mode === 'fit') return scaled(inner);
    const top = -roundHalfEven((size.height - inner.height) / 2);
    const left = -roundHalfEven((size.width - inner.width) / 2);
    return cropped(scaled(inner), { top, left, ...size }, fill, name);
  };
  const parameters = { ...given, mode, ...(mode === 'pad' ? { fill } : {}), interpolation, layout };
  return imageTransform({ name, layout, parameters, apply });
}

/** Those that were given, checked. */
function sidesOf(sides: { [name: string]: number | undefined }): { [name: string]: number } {
  const given: { [name: string]: number } = {};
  for (const [name, value] of Object.entries(sides))
    if (value !== undefined) given[name] = checkCount(value, `${name} of resize`, 1);
  const names = Object.keys(given);
  if (names.length === 0 || ('shorterSide' in given && names.length > 1))
    throw new TypeError(
      `invalid options of resize: expected width, height or both, or shorterSide, got ${names.join(', ') || 'none of them'}`,
    );
  return given;
}
