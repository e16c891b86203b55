import type { Sharp, SharpOptions } from 'sharp';
import { packageLoaded } from '../workers/report-packages';
import { convertChannels, samplesIn } from './channels';
import { fileChannels, isGrey } from './file-channels';
import type { DecodeRequest, Raster } from './request';
import { targetSize } from './target-size';

type MakeSharp = (input: Uint8Array, options: SharpOptions) => Sharp;

/** What sharp has in memory at worst: the image, the upright image, the result, and our copy of it. */
const COPIES = 4;

/**
 * Every format that sharp (libvips) knows: PNG, WebP, GIF, TIFF, AVIF, SVG, and the JPEG files that libjpeg-turbo
 * leaves. Samples of 16 bits stay so. Embedded colour profiles are used for CMYK only, as libjpeg-turbo uses none.
 *
 * @throws what sharp says of a broken file; and of samples that are neither 8 nor 16 bits without a sign, which would
 *   be cut off.
 */
export async function decodeWithSharp(bytes: Buffer, request: DecodeRequest): Promise<Raster> {
  const sharp = await loadSharp();
  const metadata = await sharp(bytes, {}).metadata();
  const { space, depth, hasAlpha, autoOrient } = metadata;
  if (depth !== 'uchar' && depth !== 'ushort')
    throw new Error(
      `its samples are ${DEPTHS[depth] ?? depth}, of which neither uint8 nor float32 from 0 to 1 can hold all; ` +
        'convert it to samples of 8 or 16 bits without a sign',
    );
  if (!SPACES.has(space))
    throw new Error(`its colours are ${space.toUpperCase()}, which is not supported; convert it to RGB or grey`);
  const grey = isGrey(space);
  const wide = depth === 'ushort';
  const channels = request.channels ?? (await fileChannels(metadata, (page) => sharp(bytes, { page }).metadata()));
  let image = sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: space !== 'cmyk' });
  const space8 = grey && channels === 1 ? 'b-w' : 'srgb';
  image = image.toColourspace(wide ? (space8 === 'b-w' ? 'grey16' : 'rgb16') : space8);
  image = channels === 4 ? image.ensureAlpha() : image.removeAlpha();
  let { width, height } = autoOrient;
  // Transparent colours must not bleed into their neighbours: libvips weighs each by its alpha.
  if (channels === 4 && hasAlpha && (request.width ?? request.height) !== undefined) {
    ({ width, height } = targetSize(width, height, request));
    image = image.resize({ width, height, fit: 'fill', kernel: 'linear' });
  }
  const bytesPerSample = wide ? 2 : 1;
  let decoded: { data: Buffer; channels: number } | null = null;
  return {
    width,
    height,
    channels,
    bytesPerSample,
    orientation: 1,
    copies: COPIES,
    prepare: async () => {
      const { data, info } = await image
        .raw({ depth: wide ? 'ushort' : 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.width !== width || info.height !== height)
        throw new Error(`its header says ${width} × ${height} pixels, its content ${info.width} × ${info.height}`);
      decoded = { data, channels: info.channels };
    },
    release: () => (decoded = null),
    writeTo: (target) => {
      const samples = samplesIn(decoded!.data, bytesPerSample);
      convertChannels(samples, decoded!.channels, channels, samplesIn(target, bytesPerSample));
    },
  };
}

/**
 * The colour spaces that are read; of others, such as LAB, libvips returns something else than was asked for, or
 * nothing.
 */
const SPACES: ReadonlySet<string> = new Set(['srgb', 'rgb', 'rgb16', 'b-w', 'grey16', 'cmyk', 'multiband']);

/** The sample types of libvips. */
const DEPTHS: { [depth: string]: string } = {
  char: '8-bit integers with a sign (int8)',
  short: '16-bit integers with a sign (int16)',
  int: '32-bit integers with a sign (int32)',
  uint: '32-bit integers (uint32)',
  float: '32-bit floats (float32)',
  double: '64-bit floats (float64)',
  complex: 'complex numbers',
  dpcomplex: 'complex numbers',
};

let makeSharp: MakeSharp | null = null;

export async function loadSharp(): Promise<MakeSharp> {
  try {
    if (makeSharp === null) {
      const loaded = (await import('sharp')) as unknown as MakeSharp & { default?: MakeSharp };
      // As a module of its own kind it has a default export; by `require` it is the function.
      makeSharp = loaded.default ?? loaded;
      packageLoaded();
    }
    return makeSharp;
  } catch (error) {
    throw new Error('it needs the package "sharp"; install it with: npm install sharp', { cause: error });
  }
}
