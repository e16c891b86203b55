import { decodeInPool } from './decoder-pool';
import type { Tensor } from '../tensor/tensor';
import { checkCount, inWords } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { decodeSettings } from './settings';
import { plural } from '../util/plural';

/** The options of `decodeImage`. */
export interface DecodeOptions<D extends 'uint8' | 'float32' = 'uint8' | 'float32'> {
  /** Size in pixels. With only one side the image keeps its proportions; with neither it keeps its size. */
  width?: number;
  height?: number;
  /** Channels first (`CHW`, the default) or last (`HWC`). */
  layout?: 'CHW' | 'HWC';
  /**
   * 1 for grey, 3 for RGB, 4 for RGB with alpha. Default: those of the file in any of its frames or pages; grey with
   * alpha becomes RGB with alpha.
   */
  channels?: 1 | 3 | 4;
  /** `uint8`: 0 to 255 (the default); `float32`: 0 to 1. */
  dtype?: D;
  /** The call rejects once it is aborted. `map` passes one on: `.map(decodeImage)` needs no more. */
  signal?: AbortSignal;
}

const OPTIONS: OptionTypes<DecodeOptions> = {
  width: 'any',
  height: 'any',
  layout: 'any',
  channels: 'any',
  dtype: 'any',
  signal: 'signal',
};

/** An image as a tensor of shape `[c, h, w]` or `[h, w, c]`. */
export type ImageTensor<D extends 'uint8' | 'float32'> = Tensor<D extends 'float32' ? Float32Array : Uint8Array>;

/**
 * Decodes a JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG image in a thread pool with one thread per core. Concurrent calls,
 * such as those of `map`, use all of them.
 *
 * - *Size*: `width` and `height` stretch the image to that size, bilinear and antialiased (`BILINEAR` in Pillow,
 *   `resize(…, antialias=True)` in TensorFlow).
 * - *Orientation*: the image is turned upright according to its EXIF entry, in every format.
 * - *Colours*: sRGB as stored in the file. CMYK is converted by its profile, colour to grey by ITU-R BT.601. 16-bit
 *   samples keep their precision in `float32` and are rounded in `uint8`. Floating-point, 32-bit and signed samples,
 *   which TIFF allows, are errors.
 * - *Frames and pages*: the first frame of an animation, or the first page of a TIFF file. The number of channels fits
 *   every frame or page of the file. A GIF, which may be transparent in any frame, always has 4.
 * - *Memory*: decoding waits if the images in progress would take more than `decodeSettings.memory` together.
 *
 * @throws if the file cannot be read or is not a complete image; the error names the file and the reason.
 * @example
 * // photos/3.jpg: …
 * const images = Dataset.fromFolder('photos', { extensions: ['.jpg'] })
 *   .map((file) => decodeImage(file, { width: 224, height: 224, dtype: 'float32' }), 'Decode');
 * const asTheyAre = Dataset.fromFolder('photos', { extensions: ['.jpg'] }).map(decodeImage);
 */
export async function decodeImage<D extends 'uint8' | 'float32' = 'uint8'>(
  source: string | { path: string } | Uint8Array,
  options: DecodeOptions<D> = {},
): Promise<ImageTensor<D>> {
  checkOptions(options, 'decodeImage', OPTIONS);
  const input = inputOf(source);
  const { width, height, channels, layout = 'CHW', dtype = 'uint8', signal } = options;
  if (width !== undefined) checkCount(width, 'width', 1);
  if (height !== undefined) checkCount(height, 'height', 1);
  checkOneOf(channels, 'channels', [undefined, 1, 3, 4]);
  checkOneOf(layout, 'layout', ['CHW', 'HWC']);
  checkOneOf(dtype, 'dtype', ['uint8', 'float32']);
  signal?.throwIfAborted();
  const memory = checkCount(decodeSettings.memory, 'decodeSettings.memory');
  try {
    return (await decodeInPool({ source: input, width, height, channels, layout, dtype, memory })) as ImageTensor<D>;
  } catch (error) {
    const name = typeof input === 'string' ? `"${input}"` : plural(input.length, 'byte');
    throw new Error(`cannot decode ${name} as an image: ${reasonOf(error as Error)}`, { cause: error });
  }
}

const MAX_PATH = 4096;

function inputOf(source: unknown): string | Uint8Array {
  const input = typeof source === 'object' && source !== null && 'path' in source ? source.path : source;
  if (input instanceof Uint8Array) return input;
  if (typeof input !== 'string')
    throw new TypeError(`invalid image: expected a path, { path } or bytes (a Uint8Array), got ${inWords(source)}`);
  // Nor would its message be one that a person can read.
  if (input.length > MAX_PATH || input.includes('\0'))
    throw new TypeError(
      `invalid image: expected a path, { path } or bytes (a Uint8Array), got a text of ${input.length} characters that is ` +
        'no path; read files as bytes, and of a data URL pass Buffer.from(base64, "base64")',
    );
  return input;
}

function checkOneOf(value: unknown, name: string, values: readonly unknown[]): void {
  if (values.includes(value)) return;
  const expected = values.filter((each) => each !== undefined).map(inWords);
  throw new TypeError(`invalid ${name} of decodeImage: expected ${expected.join(' or ')}, got ${inWords(value)}`);
}

const MAX_REASON = 300;

/** In the words of a person who has the file in front of them. */
function reasonOf({ message }: Error): string {
  if (message.includes('unsupported image format')) return 'it is not an image of a format that is known here';
  // Ours are sentences; those of the libraries are one of their own.
  if (/^(?:its? |there is |too many )/.test(message)) return message;
  const reason = message.trim().replace(/\s*\n\s*/g, '; ');
  return `${reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON - 1)}…` : reason} (is the file whole?)`;
}
