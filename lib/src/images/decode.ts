import { readFileSync } from 'node:fs';
import { decodeJpeg } from './decode-jpeg';
import { decodeSmallPng } from './decode-small-png';
import { decodeWithSharp } from './decode-with-sharp';
import type { DecodedImage, DecodeRequest, Raster } from './request';
import { Resampler } from './resampler';
import { targetSize } from './target-size';

/** One for each thread that decodes. */
let resampler: Resampler | null = null;

/**
 * Decodes, turns upright, resizes and lays out one image, in the thread that calls it. Which decoder is best for what was measured:
 * docs/decisions/0002-image-decoders.md.
 *
 * @throws if the source cannot be read or is no whole image; the message says why, not which.
 */
export async function decode(request: DecodeRequest): Promise<DecodedImage> {
  const bytes = readSource(request.source);
  for (const decoder of [decodeJpeg, decodeSmallPng]) {
    try {
      const raster = await decoder(bytes, request);
      if (raster !== null) return finish(raster, request);
    } catch {
      // Sharp is the judge of what is broken.
    }
  }
  return finish(await decodeWithSharp(bytes, request), request);
}

function readSource(source: string | Uint8Array): Buffer {
  const bytes =
    typeof source === 'string' ? readFileSync(source) : Buffer.from(source.buffer, source.byteOffset, source.length);
  if (bytes.length === 0) throw new Error('it is empty');
  return bytes;
}

function finish(raster: Raster, request: DecodeRequest): DecodedImage {
  const { layout, dtype } = request;
  const { channels, orientation, writeTo, ...source } = raster;
  const turned = orientation > 4;
  const upright = turned ? { width: source.height, height: source.width } : source;
  const { width, height } = targetSize(upright.width, upright.height, request);
  const [outWidth, outHeight] = turned ? [height, width] : [width, height];
  resampler ??= new Resampler();
  writeTo(resampler.begin({ ...source, channels, orientation, layout, dtype, outWidth, outHeight }));
  const shape = layout === 'CHW' ? [channels, height, width] : [height, width, channels];
  return { data: resampler.finish(), shape };
}
