import type { Sharp, SharpOptions } from 'sharp';
import type { Tensor } from '../tensor/tensor';

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

/** An image as a tensor of shape `[c, h, w]` or `[h, w, c]`. */
export type ImageTensor<D extends 'uint8' | 'float32'> = Tensor<D extends 'float32' ? Float32Array : Uint8Array>;

/**
 * Decodes a PNG, JPEG, WebP, GIF, TIFF or AVIF image with sharp (libvips), off the main thread. `width` and `height` stretch it to that size.
 *
 * @throws if the file cannot be read or is no image; the error names it.
 * @example
 * const images = Dataset.fromFolder('photos', { extensions: ['.jpg'] })
 *   .map((file) => decodeImage(file, { width: 224, height: 224, dtype: 'float32' }), 'Decode');
 */
export async function decodeImage<D extends 'uint8' | 'float32' = 'uint8'>(
  source: string | { path: string } | Uint8Array,
  options: DecodeOptions<D> = {},
): Promise<ImageTensor<D>> {
  const input = source instanceof Uint8Array || typeof source === 'string' ? source : source.path;
  const sharp = await loadSharp();
  let pixels: { data: Buffer; info: { width: number; height: number; channels: number } };
  try {
    let image = sharp(input, { failOn: 'error' });
    if (options.width !== undefined || options.height !== undefined)
      image = image.resize({ width: options.width, height: options.height, fit: 'fill' });
    // Left to itself, libvips makes three channels of a grey image.
    const channels = options.channels ?? ((await image.metadata()).space === 'b-w' ? 1 : undefined);
    if (channels === 1) image = image.removeAlpha().toColourspace('b-w');
    else if (channels === 3) image = image.removeAlpha().toColourspace('srgb');
    else if (channels === 4) image = image.ensureAlpha().toColourspace('srgb');
    pixels = await image.raw().toBuffer({ resolveWithObject: true });
  } catch (error) {
    const name = typeof input === 'string' ? `"${input}"` : `${input.length} bytes`;
    throw new Error(
      `cannot decode ${name} as an image: ${(error as Error).message.trim()} (is the file whole, and an image?)`,
      { cause: error },
    );
  }
  return toTensor(pixels.data, pixels.info, options) as ImageTensor<D>;
}

function toTensor(
  bytes: Uint8Array,
  { width, height, channels }: { width: number; height: number; channels: number },
  { layout = 'CHW', dtype = 'uint8' }: DecodeOptions,
): Tensor {
  const shape = layout === 'CHW' ? [channels, height, width] : [height, width, channels];
  const scale = dtype === 'float32' ? 1 / 255 : 1;
  const data = dtype === 'float32' ? new Float32Array(bytes.length) : new Uint8Array(bytes.length);
  const size = width * height;
  if (layout === 'HWC' || channels === 1) for (let i = 0; i < bytes.length; i++) data[i] = bytes[i]! * scale;
  else
    for (let c = 0; c < channels; c++)
      for (let i = 0, at = c; i < size; i++, at += channels) data[c * size + i] = bytes[at]! * scale;
  return { data, shape };
}

type MakeSharp = (input: string | Uint8Array, options: SharpOptions) => Sharp;

/** Loaded when the first image is decoded: a pipeline without images does not pay for it. */
async function loadSharp(): Promise<MakeSharp> {
  try {
    return (await import('sharp')) as unknown as MakeSharp;
  } catch (error) {
    throw new Error('decodeImage needs the package "sharp"; install it with: npm install sharp', { cause: error });
  }
}
