/** Checks of what a person passes to a transform. */
import { inWords } from '../../util/check';
import { checkOptions, type OptionTypes } from '../../util/options';
import { type Image, type Layout } from './image';

/** One option that all transforms have. */
export interface LayoutOptions {
  /** The position of the channels. Default `'CHW'`, as `decodeImage` returns them. */
  layout?: Layout;
}

/** A side of a square, or height and width, as torchvision has them. */
export type Size = number | readonly [height: number, width: number];

/** The value of pixels outside the image: one for all channels, or one per channel. */
export type Fill = number | readonly number[];

/** Between two pixels: the nearest one, or both by their distance. */
export type Interpolation = 'nearest' | 'bilinear';

/** A range, or a number for a symmetric range. */
export type NumberRange = readonly [low: number, high: number];

export function checkOneOf<T>(value: T, name: string, values: readonly T[]): T {
  if (values.includes(value)) return value;
  throw new TypeError(`invalid ${name}: expected ${values.map(inWords).join(' or ')}, got ${inWords(value)}`);
}

export const layoutOf = (layout: Layout = 'CHW', of: string): Layout =>
  checkOneOf(layout, `layout of ${of}`, ['CHW', 'HWC']);

const LAYOUT_ONLY: OptionTypes<LayoutOptions> = { layout: 'any' };

/** The layout, of a transform that has no other option. */
export function layoutAlone(options: LayoutOptions, of: string): Layout {
  checkOptions(options, of, LAYOUT_ONLY);
  return layoutOf(options.layout, of);
}

export const interpolationOf = (value: Interpolation, of: string): Interpolation =>
  checkOneOf(value, `interpolation of ${of}`, ['nearest', 'bilinear']);

export function sizeOf(size: unknown, of: string): [height: number, width: number] {
  const sides: unknown[] = Array.isArray(size) ? size : [size, size];
  if (sides.length === 2 && sides.every((side) => Number.isSafeInteger(side) && (side as number) > 0))
    return sides as [number, number];
  throw new TypeError(
    `invalid size of ${of}: expected a whole number of pixels, or [height, width], got ${inWords(size)}`,
  );
}

export function numberOf(value: unknown, name: string, least = -Infinity, most = Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
  const limits = [least === -Infinity ? '' : `from ${least}`, most === Infinity ? '' : `up to ${most}`]
    .join(' ')
    .trim();
  throw new TypeError(`invalid ${name}: expected a number${limits === '' ? '' : ` ${limits}`}, got ${inWords(value)}`);
}

/** `[low, high]`. */
export function rangeOf(value: unknown, name: string, least = -Infinity, most = Infinity): [low: number, high: number] {
  const [low, high] = listOf(value, name, 2) as [number, number];
  if (low <= high && low >= least && high <= most) return [low, high];
  const limits = least === -Infinity && most === Infinity ? '' : `, within ${least} and ${most}`;
  throw new TypeError(`invalid ${name}: expected [low, high]${limits}, got ${inWords(value)}`);
}

/** A number as the range from its negative to itself. */
export function spreadOf(value: unknown, name: string): [low: number, high: number] {
  if (Array.isArray(value)) return rangeOf(value, name);
  const reach = numberOf(value, name, 0);
  return [reach === 0 ? 0 : -reach, reach];
}

/** Finite numbers, as many as `count`. */
export function listOf(value: unknown, name: string, count: number): number[] {
  if (Array.isArray(value) && value.length === count && value.every((one) => Number.isFinite(one)))
    return [...value] as number[];
  throw new TypeError(`invalid ${name}: expected ${count} numbers, got ${inWords(value)}`);
}

/** A number for all channels, or one for each. */
export function fillOf(fill: Fill = 0, of: string): number | number[] {
  if (typeof fill === 'number') return fill;
  if (Array.isArray(fill) && fill.length > 0 && fill.every((one) => typeof one === 'number'))
    return [...(fill as number[])];
  throw new TypeError(
    `invalid fill of ${of}: expected a number, or a list of one for each channel, got ${inWords(fill)}`,
  );
}

/**
 * What was given for each channel, or for all of them, as a list.
 *
 * @throws RangeError if there are more or fewer than the image has channels.
 */
export function perChannel(values: number | readonly number[], { channels }: Image, name: string): readonly number[] {
  if (typeof values === 'number') return Array.from({ length: channels }, () => values);
  if (values.length === channels) return values;
  throw new RangeError(
    `invalid ${name}: expected ${channels} ${channels === 1 ? 'number' : 'numbers'}, one for each channel of the image, got ${values.length}`,
  );
}

/** As Python rounds, and so torchvision and Pillow: a half to the even neighbour. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
