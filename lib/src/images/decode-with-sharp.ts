import type { Sharp, SharpOptions } from 'sharp';
import { convertChannels, samplesIn } from './channels';
import type { DecodeRequest, Raster } from './request';
import { targetSize } from './target-size';

type MakeSharp = (input: Uint8Array, options: SharpOptions) => Sharp;

/**
 * Every format that sharp (libvips) knows: PNG, WebP, GIF, TIFF, AVIF, SVG, and the JPEG files that libjpeg-turbo leaves. Samples of 16 bits stay so.
 * Embedded colour profiles are used for CMYK only, as libjpeg-turbo uses none.
 *
 * @throws what sharp says of a broken file.
 */
export async function decodeWithSharp(bytes: Buffer, request: DecodeRequest): Promise<Raster> {
  const sharp = await loadSharp();
  const metadata = await sharp(bytes, {}).metadata();
  const { space, depth, hasAlpha, autoOrient } = metadata;
  const grey = space === 'b-w' || space === 'grey16';
  const wide = depth === 'ushort';
  const channels = request.channels ?? (grey ? 1 : hasAlpha ? 4 : 3);
  let image = sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: space !== 'cmyk' });
  const space8 = grey && channels === 1 ? 'b-w' : 'srgb';
  image = image.toColourspace(wide ? (space8 === 'b-w' ? 'grey16' : 'rgb16') : space8);
  image = channels === 4 ? image.ensureAlpha() : image.removeAlpha();
  // Transparent colours must not bleed into their neighbours: libvips weighs each by its alpha.
  if (channels === 4 && hasAlpha && (request.width ?? request.height) !== undefined)
    image = image.resize({
      ...targetSize(autoOrient.width, autoOrient.height, request),
      fit: 'fill',
      kernel: 'linear',
    });
  const { data, info } = await image.raw({ depth: wide ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const bytesPerSample = wide ? 2 : 1;
  const samples = samplesIn(data, bytesPerSample);
  const writeTo = (target: Buffer): void =>
    convertChannels(samples, info.channels, channels, samplesIn(target, bytesPerSample));
  return { width: info.width, height: info.height, channels, bytesPerSample, orientation: 1, writeTo };
}

async function loadSharp(): Promise<MakeSharp> {
  try {
    return (await import('sharp')) as unknown as MakeSharp;
  } catch (error) {
    throw new Error('it needs the package "sharp"; install it with: npm install sharp', { cause: error });
  }
}
