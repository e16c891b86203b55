import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, decodeSettings } from 'stemma';
import { newSharedState, endWork, Workplace } from '../../../lib/dist/images/shared-state.js';
import { temporaryFolder } from '../../support/temporary-folder';
import { tiffDirectory } from '../../support/tiff-directory';

const folder = temporaryFolder();
/** By tests/fixtures/make-images.py. */
const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/images', name);

const pixelsOf = async (file: string): Promise<[number[], number[]]> => {
  const { data, shape } = await decodeImage(file, { layout: 'HWC' });
  return [shape, [...data]];
};

describe('the orientation that EXIF tells', () => {
  const FORMATS = {
    'a small png': (image: sharp.Sharp) => image.png(),
    'an interlaced png': (image: sharp.Sharp) => image.png({ progressive: true }),
    'a png with a palette': (image: sharp.Sharp) => image.png({ palette: true }),
    webp: (image: sharp.Sharp) => image.webp({ lossless: true }),
    tiff: (image: sharp.Sharp) => image.tiff({ compression: 'lzw' }),
    jpeg: (image: sharp.Sharp) => image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
    avif: (image: sharp.Sharp) => image.avif({ lossless: true }),
  };
  const SIZE = { width: 24, height: 16, channels: 3 } as const;
  const raw = Buffer.from(Array.from({ length: 24 * 16 * 3 }, (_, i) => (i % 3 === 0 ? (i * 5) % 200 : (i / 3) % 200)));
  const plain = (): sharp.Sharp => sharp(raw, { raw: SIZE });

  it.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('turns %s', async (format) => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const unturned = await decodeImage(await FORMATS[format](plain()).toBuffer(), { layout: 'HWC' });
      const pixels = Buffer.from(unturned.data);
      const tagged = await FORMATS[format](plain().withMetadata({ orientation })).toBuffer();
      // What sharp makes of the same pixels, with the orientation in an uncompressed TIFF.
      const tiff = await sharp(pixels, { raw: SIZE })
        .withMetadata({ orientation })
        .tiff({ compression: 'none' })
        .toBuffer();
      const upright = await sharp(tiff).autoOrient().raw().toBuffer({ resolveWithObject: true });
      const { data, shape } = await decodeImage(tagged, { layout: 'HWC' });
      expect([orientation, shape]).toEqual([orientation, [upright.info.height, upright.info.width, 3]]);
      expect(Math.max(...data.map((value, i) => Math.abs(value - upright.data[i]!)))).toBeLessThanOrEqual(
        format === 'jpeg' || format === 'avif' || format === 'a png with a palette' ? 60 : 0,
      );
    }
  });
});

describe('samples', () => {
  it.each([
    ['float32', '32-bit floats (float32)'],
    ['float64', 'samples'],
    ['int8', '8-bit integers with a sign (int8)'],
    ['int16', '16-bit integers with a sign (int16)'],
    ['int32', '32-bit integers with a sign (int32)'],
    ['uint32', '32-bit integers (uint32)'],
  ])('of type %s are refused, whatever is wanted of them', async (type, message) => {
    for (const dtype of ['uint8', 'float32'] as const)
      await expect(decodeImage(fixture(`${type}.tif`), { dtype })).rejects.toThrow(message);
  });

  it.each([
    ['uint16.tif', [2, 2, 1], [0, 1, 128, 255]],
    ['one-bit.png', [2, 2, 1], [0, 0, 255, 255]],
    ['grey-alpha.png', [2, 2, 4], [0, 0, 0, 255, 100, 100, 100, 155, 200, 200, 200, 55, 255, 255, 255, 0]],
    ['palette.png', [2, 2, 3], [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7]],
    ['palette-alpha.png', [2, 2, 4], [255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 8, 7, 255]],
    ['animated.gif', [2, 2, 4], [255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255]],
    ['animated.webp', [2, 2, 3], [255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]],
    ['pages.tif', [2, 2, 3], [255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]],
  ])('are what Pillow reads, of the first picture: %s', async (file, shape, pixels) => {
    expect(await pixelsOf(fixture(file))).toEqual([shape, pixels]);
  });
});

describe('a file of a format that is not decoded', () => {
  const box = (brand: string): string => `\0\0\0\x20ftyp${brand}\0\0\0\0`;
  it.each([
    ['HEIC', `${box('heic')}mif1heic`, 'it is a HEIC image, which is not decoded here; convert it to PNG'],
    ['HEIF', `${box('mif1')}mif1heic`, 'it is a HEIC image'],
    ['JPEG XL', '\xff\x0a\xfa\x7f', 'it is a JPEG XL image'],
    ['BMP', 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'it is a BMP image'],
    ['OpenEXR', 'v/1\x01\x02', 'it is an OpenEXR image'],
    ['DICOM', `${'\0'.repeat(128)}DICM`, 'it is a DICOM image'],
    ['PDF', '%PDF-1.7\n%\xe2\xe3', 'it is a PDF document, not an image'],
    ['ZIP', 'PK\x03\x04\x14\0', 'it is a ZIP archive, not an image'],
    ['a video', `${box('isom')}isom`, 'it is a video, not an image'],
    ['a web page', '<!DOCTYPE html><html>', 'it is a web page'],
    ['Git LFS', 'version https://git-lfs.github.com/spec/v1\n', 'it is a pointer of Git LFS'],
    ['no known one', '\x00\x01\x02\x03\x04\x05\x06\x07', 'it is not an image of a format that is known here'],
  ])('is named in a sentence: %s', async (_, bytes, sentence) => {
    const error = await decodeImage(Buffer.from(bytes, 'latin1')).catch((thrown: Error) => thrown);
    const { message } = error as Error;
    expect(message).toMatch(`${bytes.length} bytes as an image: ${sentence}`);
    expect(message.length).toBeLessThan(200);
  });
});

describe('what decodeImage is given', () => {
  it.each([
    ['nothing', undefined, 'got undefined'],
    ['a number', 5, 'got 5'],
    ['a record of bytes', { bytes: new Uint8Array(1) }, 'got a record'],
    ['bytes as a text', readFileSync(fixture('palette.png'), 'latin1'), /got a text of \d+ characters that is no path/],
    ['a data URL', `data:image/png;base64,${'A'.repeat(10_000)}`, /got a text of 10022 characters that is no path/],
  ])('has to be a path or bytes: %s', async (_, source, message) => {
    const error = (await decodeImage(source as never).catch((thrown: Error) => thrown)) as Error;
    expect(error.message).toMatch(message);
    expect(error.message.length).toBeLessThan(300);
  });

  it('has to be options that there are', async () => {
    for (const options of [{ channels: 2 }, { layout: 'hwc' }, { dtype: 'float16' }])
      await expect(decodeImage(fixture('palette.png'), options as never)).rejects.toThrow(
        /invalid \w+ of decodeImage: expected/,
      );
  });
});

describe('the memory of images', () => {
  it('is shared: what would exceed it waits, and what exceeds it by itself goes alone', async () => {
    const state = newSharedState();
    const [one, two] = [new Workplace(state), new Workplace(state)];
    const MIB = 2 ** 20;
    const log: string[] = [];
    const finish: (() => void)[] = [];
    const hold = (place: Workplace, name: string, mebibytes: number): Promise<void> =>
      place.holding(mebibytes * MIB, 10 * MIB, async () => {
        log.push(name);
        await new Promise<void>((resolve) => finish.push(resolve));
      });
    const turns = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    const all = [hold(one, 'a', 6), hold(two, 'b', 4), hold(one, 'c', 1), hold(two, 'large', 50)];
    await turns();
    expect(log).toEqual(['a', 'b']);
    finish[0]!();
    await all[0];
    await turns();
    expect(log).toEqual(['a', 'b', 'c']);
    for (const done of finish.slice(1)) done();
    await Promise.all([all[1], all[2]]);
    await turns();
    expect(log).toEqual(['a', 'b', 'c', 'large']);
    finish.at(-1)!();
    await Promise.all(all);
  });

  it('lets images through one by one where it is small', async () => {
    const before = decodeSettings.memory;
    decodeSettings.memory = 0;
    try {
      const shapes = await Promise.all(Array.from({ length: 20 }, () => decodeImage(fixture('uint16.tif'))));
      expect(shapes.every(({ shape }) => shape.join() === '1,2,2')).toBe(true);
      decodeSettings.memory = -1;
      await expect(decodeImage(fixture('uint16.tif'))).rejects.toThrow(
        'invalid decodeSettings.memory: expected a whole number of at least 0, got -1',
      );
    } finally {
      decodeSettings.memory = before;
    }
  });

  it('is waited for no longer once the process ends', async () => {
    const state = newSharedState();
    const place = new Workplace(state);
    let finish: () => void = () => undefined;
    const first = place.holding(2, 1, () => new Promise<void>((resolve) => (finish = resolve)));
    const second = place.holding(2, 1, () => 'done');
    const refused = expect(second).rejects.toThrow('the process ends');
    endWork(state, 0);
    await refused;
    finish();
    await first;
    await expect(place.during(async () => 1)).rejects.toThrow('the process ends');
  });
});

describe('process.exit()', () => {
  it('ends with its code while images are decoded', async () => {
    const file = join(folder, 'noise.jpg');
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    await sharp({ create: { width: 600, height: 600, channels: 3, background: '#000', noise } })
      .jpeg()
      .toFile(file);
    const script = join(folder, 'exit.cjs');
    const library = JSON.stringify(join(import.meta.dirname, '../../../lib/dist/index.js'));
    writeFileSync(
      script,
      `const { decodeImage } = require(${library});
       let left = Number(process.argv[2]);
       for (let i = 0; i < 100; i++)
         decodeImage(${JSON.stringify(file)}).then(() => { if (--left === 0) process.exit(7); }, () => undefined);`,
    );
    for (const images of [1, 2, 3, 5, 8, 13, 21, 34]) {
      const ended = await promisify(execFile)(process.execPath, [script, String(images)]).catch(
        (error: unknown) => error,
      );
      expect(ended).toMatchObject({ code: 7, signal: null });
    }
  });
});

/** Four by four pixels of three samples, of this photometric interpretation: 8 is LAB. */
function tiffOf(photometric: number): Buffer {
  const [pixels, bits] = [4 * 4 * 3, Buffer.from([8, 0, 8, 0, 8, 0])];
  const tags = [
    [256, 3, 1, 4],
    [257, 3, 1, 4],
    [258, 3, 3, 8 + pixels],
    [259, 3, 1, 1],
    [262, 3, 1, photometric],
    [273, 4, 1, 8],
    [277, 3, 1, 3],
    [278, 3, 1, 4],
    [279, 4, 1, pixels],
    [284, 3, 1, 1],
  ];
  const directory = tiffDirectory(tags);
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(8 + pixels + bits.length, 4);
  return Buffer.concat([header, Buffer.alloc(pixels, 100), bits, directory]);
}

it('colours that libvips does not return as asked for are refused by name', async () => {
  const file = join(folder, 'lab.tif');
  writeFileSync(file, tiffOf(8));
  for (const options of [{}, { channels: 3 }, { channels: 1 }] as const)
    await expect(decodeImage(file, options)).rejects.toThrow('its colours are LAB, which is not supported');
});
