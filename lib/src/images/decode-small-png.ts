import type * as FastPng from 'fast-png';
import { packageLoaded } from '../workers/report-packages';
import { convertChannels } from './channels';
import type { Decoder } from './request';

/**
 * Up to this many pixels, fast-png is faster than sharp, whose set-up costs half a millisecond: 12 times at 28 × 28.
 */
const MAX_PIXELS = 128 * 128;
const GREY = 0;
const RGB = 2;
const RGBA = 6;

/** Small PNG files of 8 bits, without a palette, transparent colour or EXIF; null for all else. */
export const decodeSmallPng: Decoder = async (bytes, { channels, width, height }) => {
  if (bytes.length < 33 || bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  const pixels = bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  const found = { [GREY]: 1, [RGB]: 3, [RGBA]: 4 }[bytes[25]!];
  if (pixels > MAX_PIXELS || bytes[24] !== 8 || found === undefined || hasExif(bytes)) return null;
  const wanted = channels ?? found;
  if (found === 4 && wanted === 4 && (width ?? height) !== undefined) return null;
  const { decode } = await (fastPng ??= loadFastPng());
  const image = decode(bytes, { checkCrc: true });
  if (image.transparency !== undefined) return null;
  const writeTo = (target: Buffer): void => convertChannels(image.data, found, wanted, target);
  const size = { width: image.width, height: image.height, channels: wanted, bytesPerSample: 1 } as const;
  return { ...size, orientation: 1, copies: 2, writeTo };
};

let fastPng: Promise<typeof FastPng> | null = null;

async function loadFastPng(): Promise<typeof FastPng> {
  const library = await import('fast-png');
  packageLoaded();
  return library;
}

/** Whether one of its chunks says how the camera was held. */
function hasExif(bytes: Buffer): boolean {
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf') return true;
  return false;
}
