import { dtypeOf, isTensor } from '../tensor/tensor';
import { inWords } from '../util/check';
import { loadSharp } from './decode-with-sharp';

/** The formats that images are written in. */
export type EncodedFormat = 'png' | 'jpeg';

/** So that nobody sees what JPEG has lost. */
const JPEG = { quality: 95, chromaSubsampling: '4:4:4' };

/**
 * Encodes a tensor of pixels: `[h, w]`, `[c, h, w]` or `[h, w, c]` with 1, 3 or 4 channels, of uint8, or of floats from
 * 0 to 1. Where a shape may be both, it is channels first, as those of `decodeImage`.
 *
 * @throws TypeError or RangeError if it is no such tensor, or has other values.
 */
export async function encodeImage(tensor: unknown, format: EncodedFormat): Promise<Uint8Array> {
  const { pixels, width, height, channels } = pixelsOf(tensor);
  if (format === 'jpeg' && channels === 4)
    throw new TypeError('JPEG has no transparency, and the image has 4 channels; write a PNG, or leave out the fourth');
  const sharp = await loadSharp();
  const coloured = sharp(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength), {
    raw: { width, height, channels },
  });
  const image = channels === 1 ? coloured.toColourspace('b-w') : coloured;
  return format === 'png' ? image.png().toBuffer() : image.jpeg(JPEG).toBuffer();
}

/** Whether a tensor has the shape of an image. */
export const isImage = (value: unknown): boolean => isTensor(value) && channelsOf(value.shape) !== null;

interface PixelRows {
  /** Row by row, the channels of a pixel side by side. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

function pixelsOf(tensor: unknown): PixelRows {
  const found = isTensor(tensor) ? channelsOf(tensor.shape) : null;
  if (!isTensor(tensor) || found === null)
    throw new TypeError(
      `expected an image, a tensor of the shape [c, h, w], [h, w, c] or [h, w], got ${described(tensor)}`,
    );
  const { channels, height, width, first } = found;
  const bytes = toBytes(tensor.data as ArrayLike<number>, dtypeOf(tensor.data));
  if (!first || channels === 1) return { pixels: bytes, width, height, channels };
  const pixels = new Uint8Array(bytes.length);
  const plane = width * height;
  for (let c = 0; c < channels; c++) for (let i = 0; i < plane; i++) pixels[i * channels + c] = bytes[c * plane + i]!;
  return { pixels, width, height, channels };
}

function channelsOf(shape: readonly number[]): (Omit<PixelRows, 'pixels'> & { first: boolean }) | null {
  if (shape.some((size) => size === 0)) return null;
  if (shape.length === 2) return { channels: 1, height: shape[0]!, width: shape[1]!, first: false };
  if (shape.length !== 3) return null;
  const [a, b, c] = shape as [number, number, number];
  if (isChannels(a)) return { channels: a, height: b, width: c, first: true };
  return isChannels(c) ? { channels: c, height: a, width: b, first: false } : null;
}

const isChannels = (count: number): count is 1 | 3 | 4 => count === 1 || count === 3 || count === 4;

function toBytes(data: ArrayLike<number>, dtype: string): Uint8Array {
  if (dtype === 'uint8') return data as Uint8Array;
  if (dtype !== 'float32' && dtype !== 'float64')
    throw new TypeError(`expected an image of uint8, or of floats from 0 to 1, got one of ${dtype}`);
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    // What was normalized, or goes up to 255, would be all black or white.
    if (!(value >= 0 && value <= 1))
      throw new RangeError(
        `expected an image with floats from 0 to 1, got ${value} at element ${i}; undo a normalization first, or divide by 255`,
      );
    bytes[i] = Math.round(value * 255);
  }
  return bytes;
}

const described = (value: unknown): string =>
  isTensor(value) ? `one of the shape [${value.shape.join(', ')}]` : inWords(value);
