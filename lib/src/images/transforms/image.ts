import { dtypeOf, isTensor, type Tensor } from '../../tensor/tensor';
import { inWords } from '../../util/check';

/** What the elements of an image lie in: whole numbers from 0 to 255, or floats, mostly from 0 to 1. */
export type Pixels = Uint8Array | Float32Array;

/**
 * Where the channels of an image are: first, `[c, h, w]`, as `decodeImage` and PyTorch have them, or last, `[h, w, c]`,
 * as TensorFlow has them.
 */
export type Layout = 'CHW' | 'HWC';

/**
 * An image of either layout, looked at in one way: `planes` of rows of pixels of `depth` elements. Channels first has a
 * plane for each channel, and pixels of one element; channels last has one plane, and pixels of all channels.
 */
export interface Image<D extends Pixels = Pixels> {
  readonly data: D;
  readonly layout: Layout;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly planes: number;
  readonly depth: number;
}

const MAX_CHANNELS = 4;

/**
 * A tensor as an image.
 *
 * @throws TypeError if it is none; `name` is the operation that wants it.
 */
export function imageOf<D extends Pixels>(tensor: unknown, layout: Layout, name: string, what = 'image'): Image<D> {
  if (!isTensor(tensor))
    throw new TypeError(`invalid ${what} of ${name}: expected ${EXPECTED[layout]}, got ${got(tensor)}`);
  const { data, shape } = tensor;
  const dtype = dtypeOf(data);
  if (dtype !== 'uint8' && dtype !== 'float32')
    throw new TypeError(`invalid ${what} of ${name}: expected uint8 or float32, got ${dtype}`);
  const [channels, height, width] = layout === 'CHW' ? shape : [shape[2]!, shape[0]!, shape[1]!];
  if (shape.length !== 3 || !isChannels(channels!) || data.length === 0)
    throw new TypeError(
      `invalid ${what} of ${name}: expected ${EXPECTED[layout]}, got ${got(tensor)}${advice(shape, layout, name)}`,
    );
  return imageIn(data as D, layout, channels!, height!, width!);
}

/** An image of these elements, which are as many as it needs. */
export function imageIn<D extends Pixels>(
  data: D,
  layout: Layout,
  channels: number,
  height: number,
  width: number,
): Image<D> {
  const first = layout === 'CHW';
  return { data, layout, channels, height, width, planes: first ? channels : 1, depth: first ? 1 : channels };
}

/** A black one of another size, with the dtype, layout and channels of `image`. */
export function blankLike<D extends Pixels>(
  { data, layout, channels }: Image<D>,
  height: number,
  width: number,
): Image<D> {
  return imageIn(pixelsLike(data, channels * height * width), layout, channels, height, width);
}

/** As many zeros as `length`, of the same type. */
export function pixelsLike<D extends Pixels>(data: D, length: number): D {
  return (isFloat(data) ? new Float32Array(length) : new Uint8Array(length)) as D;
}

/** Whether these are floats; true of arrays from another realm, too. */
export const isFloat = (data: Pixels): data is Float32Array => dtypeOf(data) === 'float32';

export function tensorOf<D extends Pixels>({ data, layout, channels, height, width }: Image<D>): Tensor<D> {
  return { data, shape: layout === 'CHW' ? [channels, height, width] : [height, width, channels] };
}

const EXPECTED: { readonly [layout in Layout]: string } = {
  CHW: 'a tensor of shape [channels, height, width] with 1 to 4 channels',
  HWC: 'a tensor of shape [height, width, channels] with 1 to 4 channels',
};

const isChannels = (count: number): boolean => count >= 1 && count <= MAX_CHANNELS;

function got(value: unknown): string {
  return isTensor(value) ? `shape [${value.shape.join(', ')}]` : inWords(value);
}

function advice(shape: readonly number[], layout: Layout, name: string): string {
  if (shape.length === 4) return ': this looks like a batch: transform the images before batch()';
  if (shape.length === 2)
    return `: give it a channel, shape [${layout === 'CHW' ? `1, ${shape.join(', ')}` : `${shape.join(', ')}, 1`}]`;
  if (shape.length !== 3) return '';
  const other = layout === 'CHW' ? 'HWC' : 'CHW';
  const fits = isChannels(shape[other === 'CHW' ? 0 : 2]!) && !isChannels(shape[layout === 'CHW' ? 0 : 2]!);
  if (!fits) return '';
  return name === `to${other}`
    ? `: this tensor is ${other} already`
    : `: this tensor looks like ${other}: pass layout: '${other}'`;
}
