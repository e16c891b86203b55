import type { OptionTypes } from '../../util/options';
import {
  type Fill,
  fillOf,
  type Interpolation,
  interpolationOf,
  layoutOf,
  type LayoutOptions,
  listOf,
} from './parameters';

/** The options common to what turns and shears images. */
export interface WarpOptions extends LayoutOptions {
  /** `'nearest'`, the default as in torchvision, or `'bilinear'`, which looks better on photographs. */
  interpolation?: Interpolation;
  /** The point that stays, in pixels from the left and the top. Default: the middle. */
  center?: readonly [x: number, y: number];
  /** The value of pixels outside the image. Default 0. */
  fill?: Fill;
}

/** Their names, for `checkOptions`. */
export const WARP_OPTIONS: OptionTypes<WarpOptions> = {
  interpolation: 'any',
  center: 'any',
  fill: 'any',
  layout: 'any',
};

/** Those options, checked, with their defaults. */
export function warpParameters(options: WarpOptions, name: string) {
  const { center = null } = options;
  return {
    interpolation: interpolationOf(options.interpolation ?? 'nearest', name),
    center: center === null ? null : (listOf(center, `center of ${name}`, 2) as [number, number]),
    fill: fillOf(options.fill, name),
    layout: layoutOf(options.layout, name),
  };
}
