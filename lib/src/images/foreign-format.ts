/** Images that are not decoded here, by how their files begin (as Latin-1). */
const IMAGES: readonly (readonly [RegExp, string])[] = [
  [/^.{4}ftyp(hei|hev)/s, 'a HEIC image'],
  [/^.{4}ftyp(mif1|msf1).{4,24}(hei|hev)/s, 'a HEIC image'],
  [/^.{4}ftypcrx /s, 'a raw image of a camera'],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'a JPEG XL image'],
  [/^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/, 'a JPEG 2000 image'],
  [/^BM.{4}\0\0\0\0/s, 'a BMP image'],
  [/^\0\0[\x01\x02]\0/, 'an icon (ICO)'],
  [/^8BPS/, 'a Photoshop image'],
  [/^v\/1\x01/, 'an OpenEXR image'],
  [/^#\?(RADIANCE|RGBE)/, 'a Radiance HDR image'],
  [/^DDS /, 'a DDS texture'],
  [/^P[1-7]\s/, 'a Netpbm image (PBM, PGM or PPM)'],
  [/^SIMPLE {2}=/, 'a FITS image'],
  [/^.{128}DICM/s, 'a DICOM image'],
];

const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\x93NUMPY/, 'a NumPy array'],
  [/^\x89HDF/, 'an HDF5 file'],
  [/^PAR1/, 'a Parquet file'],
  [/^%PDF/, 'a PDF document'],
  [/^PK\x03\x04/, 'a ZIP archive'],
  [/^\x1f\x8b/, 'a gzip file'],
  [/^(\x1aE\xdf\xa3|RIFF.{4}AVI |.{4}ftyp(?!avi[fs]|mif1|msf1))/s, 'a video'],
  [/^version https:\/\/git-lfs/, 'a pointer of Git LFS (git lfs pull fetches the file)'],
  [/^\s*(<!doctype html|<html)/i, 'a web page, as servers send it when they refuse a download'],
  [/^(?!\s*<(\?xml|svg|!--))[\t\n\r\x20-\x7e]+$/, 'a text'],
];

/** A sentence on a file of a format that is known but not decoded; null for all else. */
export function foreignFormat(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString('latin1');
  const nameIn = (formats: typeof IMAGES): string | undefined => formats.find(([pattern]) => pattern.test(head))?.[1];
  const image = nameIn(IMAGES);
  if (image !== undefined)
    return `it is ${image}, which is not decoded here; convert it to PNG, TIFF, JPEG, WebP or AVIF`;
  const other = nameIn(OTHERS);
  return other === undefined ? null : `it is ${other}, not an image`;
}
