import { decodeInPool } from './decoder-pool';
import type { Tensor } from '../tensor/tensor';
import { checkCount } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';

/** What `decodeImage` makes of an image. */
export interface DecodeOptions<D extends 'uint8' | 'float32' = 'uint8' | 'float32'> {
  /** Pixels. Where only one side is given the other one follows; without either the image keeps its size. */
  width?: number;
  height?: number;
  /** Channels first (`CHW`, the default) or last (`HWC`). */
  layout?: 'CHW' | 'HWC';
  /** 1 for grey, 3 for RGB, 4 for RGB with alpha. Default: as the file has them. */
  channels?: 1 | 3 | 4;
  /** `uint8`: 0 to 255 (the default); `float32`: 0 to 1. */
  dtype?: D;
}

const OPTIONS: OptionTypes<DecodeOptions> = {
  width: 'any',
  height: 'any',
  layout: 'any',
  channels: 'any',
  dtype: 'any',
};

/** An image as a tensor of shape `[c, h, w]` or `[h, w, c]`. */
export type ImageTensor<D extends 'uint8' | 'float32'> = Tensor<D extends 'float32' ? Float32Array : Uint8Array>;

/**
 * Decodes a JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG image in a thread of a pool, one for each core: several calls at once, as `map` makes them,
 * use them all.
 *
 * - *Size*: `width` and `height` stretch the image to that size, bilinear and antialiased (what Pillow calls `BILINEAR`, TensorFlow
 *   `resize(…, antialias=True)`).
 * - *Orientation*: the image comes upright, as its EXIF entry says.
 * - *Colours*: sRGB as it is in the file; CMYK is converted by its profile; grey from colour by ITU-R BT.601. Samples of 16 bits keep their precision in
 *   `float32` and are rounded in `uint8`. Of an animation the first picture.
 *
 * @throws if the file cannot be read or is no whole image; the error names it and says why.
 * @example
 * const images = Dataset.fromFolder('photos', { extensions: ['.jpg'] })
 *   .map((file) => decodeImage(file, { width: 224, height: 224, dtype: 'float32' }), 'Decode');
 */
export async function decodeImage<D extends 'uint8' | 'float32' = 'uint8'>(
  source: string | { path: string } | Uint8Array,
  options: DecodeOptions<D> = {},
): Promise<ImageTensor<D>> {
  checkOptions(options, 'decodeImage', OPTIONS);
  const input = source instanceof Uint8Array || typeof source === 'string' ? source : source.path;
  const { width, height, channels, layout = 'CHW', dtype = 'uint8' } = options;
  if (width !== undefined) checkCount(width, 'width', 1);
  if (height !== undefined) checkCount(height, 'height', 1);
  try {
    return (await decodeInPool({ source: input, width, height, channels, layout, dtype })) as ImageTensor<D>;
  } catch (error) {
    const name = typeof input === 'string' ? `"${input}"` : `${input.length} bytes`;
    throw new Error(`cannot decode ${name} as an image: ${reasonOf(error as Error)}`, { cause: error });
  }
}

/** In the words of a person who has the file before him. */
function reasonOf({ message }: Error): string {
  const code = /^E[A-Z]+(?=:)/.exec(message)?.[0];
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  if (message.includes('unsupported image format')) return 'it is no image of a format that is known here';
  return `${message.trim().replaceAll('\n', '; ')} (is the file whole?)`;
}
