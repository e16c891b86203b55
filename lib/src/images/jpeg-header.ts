/** What a JPEG file says of itself before its pixels. */
export interface JpegHeader {
  width: number;
  height: number;
  /** 1: grey; 3: colour; 4: CMYK. */
  components: number;
  /** How the camera was held: 1 to 8, as EXIF has it; 1 where nothing is said. */
  orientation: number;
}

const SOS = 0xda;
const APP1 = 0xe1;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Walks the markers up to the first scan; null where they are not in order. */
export function readJpegHeader(bytes: Buffer): JpegHeader | null {
  let orientation = 1;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === SOS) return null;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === APP1) orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    // Start of frame, whatever the coding; C4, C8 and CC are other things.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return {
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
        components: bytes[at + 9]!,
        orientation,
      };
    at += 2 + length;
  }
  return null;
}

const ORIENTATION_TAG = 0x0112;

/** From the first directory of an EXIF segment (a TIFF file of its own); undefined where it is not there. */
function exifOrientation(segment: Buffer): number | undefined {
  if (segment.length < 14 || segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = short(directory);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (short(entry) !== ORIENTATION_TAG) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
