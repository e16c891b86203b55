import { decodeJpeg } from './decode-jpeg';
import { decodeSmallPng } from './decode-small-png';
import { decodeWithSharp } from './decode-with-sharp';
import { foreignFormat } from './foreign-format';
import { freeMemory } from './free-memory';
import { readSource } from './read-source';
import type { DecodedImage, DecodeRequest, Raster } from './request';
import { Resampler } from './resampler';
import type { Workplace } from './shared-state';
import { targetSize } from './target-size';

/** One for each thread that decodes. */
let resampler: Resampler | null = null;

/** What an image took beyond this is given back at once. The memory of a resampler never shrinks by itself. */
const MAX_KEPT_BYTES = 64 * 2 ** 20;

/**
 * Decodes, turns upright, resizes and lays out one image, in the thread that calls it. The choice of decoders was
 * measured: docs/decisions/0002-image-decoders.md.
 *
 * @throws if the source cannot be read or is not a complete image; the message gives the reason, but does not name the
 *   source.
 */
export async function decode(request: DecodeRequest, workplace: Workplace): Promise<DecodedImage> {
  const bytes = await readSource(request.source);
  const work = (raster: Raster): Promise<DecodedImage> => {
    const { width, height } = sizeOf(raster, request);
    const pixels = raster.width * raster.height * raster.channels * raster.bytesPerSample;
    const output = width * height * raster.channels * (request.dtype === 'float32' ? 4 : 1);
    return workplace.holding(pixels * raster.copies + output, request.memory, async () => {
      try {
        await raster.prepare?.();
        return finish(raster, request);
      } finally {
        raster.release?.();
        if ((resampler?.bytes ?? 0) > MAX_KEPT_BYTES) resampler = null;
        if (pixels > MAX_KEPT_BYTES) await freeMemory();
      }
    });
  };
  for (const decoder of [decodeJpeg, decodeSmallPng]) {
    try {
      const raster = await decoder(bytes, request);
      if (raster !== null) return await work(raster);
    } catch {
      // Sharp is the judge of what is broken.
    }
  }
  try {
    return await work(await decodeWithSharp(bytes, request));
  } catch (error) {
    const format = foreignFormat(bytes);
    throw format === null ? error : new Error(format, { cause: error });
  }
}

/** Of the result, before it is turned. */
function sizeOf({ orientation, ...source }: Raster, request: DecodeRequest): { width: number; height: number } {
  if (orientation <= 4) return targetSize(source.width, source.height, request);
  const upright = targetSize(source.height, source.width, request);
  return { width: upright.height, height: upright.width };
}

function finish(raster: Raster, request: DecodeRequest): DecodedImage {
  const { layout, dtype } = request;
  const { width, height, bytesPerSample, channels, orientation, writeTo } = raster;
  const { width: outWidth, height: outHeight } = sizeOf(raster, request);
  resampler ??= new Resampler();
  writeTo(
    resampler.begin({ width, height, bytesPerSample, channels, orientation, layout, dtype, outWidth, outHeight }),
  );
  const upright = orientation > 4 ? [outWidth, outHeight] : [outHeight, outWidth];
  return { data: resampler.finish(), shape: layout === 'CHW' ? [channels, ...upright] : [...upright, channels] };
}
