import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Dataset, decodeImage } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();

/**
 * What Pillow 13 returns for `resize(…, Image.BILINEAR)` of floats and TensorFlow 2.21 for `tf.image.resize(…,
 * antialias=True)`.
 */
const RESIZED = [
  { width: 3, height: 2, values: [69.59, 89.05, 116.84, 85.71, 145.71, 88.06] },
  { width: 2, height: 3, values: [83.59, 113.59, 93.41, 83.07, 128.68, 116.34] },
  { width: 5, height: 1, values: [16.04, 159.17, 123.33, 60.21, 132.5] },
  { width: 1, height: 4, values: [107.89, 66.32, 110.79, 134.21] },
  {
    width: 8,
    height: 7,
    values: [
      10.0, 93.12, 189.38, 83.12, 45.62, 76.88, 175.62, 250.0, 6.43, 73.93, 153.21, 78.21, 57.46, 90.94, 139.69, 175.0,
      0.71, 43.21, 95.36, 70.36, 76.38, 113.44, 82.19, 55.0, 2.5, 69.22, 152.5, 127.5, 100.16, 70.47, 68.91, 70.0, 8.93,
      98.46, 211.16, 187.05, 125.11, 25.33, 66.58, 106.43, 40.36, 93.64, 165.45, 198.48, 153.5, 30.51, 96.76, 157.86,
      60.0, 90.62, 136.88, 205.62, 171.25, 33.75, 115.62, 190.0,
    ],
  },
];

/** Smooth colours, so that a lossy format changes them little. */
function gradient(width: number, height: number, channels: number): Buffer {
  const pixels = Buffer.alloc(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        pixels[(y * width + x) * channels + c] = 40 + c * 30 + Math.round((x * 100) / width + (y * 50) / height);
  return pixels;
}

const image = (width: number, height: number, channels: 1 | 3 | 4) =>
  sharp(gradient(width, height, channels), { raw: { width, height, channels } });

const rms = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);

describe('decoding', () => {
  it.each([
    ['png', 0],
    ['jpeg', 1.5],
    ['webp', 2],
    ['tiff', 2.5],
    ['avif', 2.5],
  ] as const)('reads colour from %s', async (format, tolerance) => {
    const file = join(folder, `colour.${format}`);
    await image(60, 40, 3)
      .toFormat(format, format === 'png' ? {} : { quality: 95 })
      .toFile(file);
    const { data, shape } = await decodeImage(file, { layout: 'HWC' });
    expect(shape).toEqual([40, 60, 3]);
    expect(data).toBeInstanceOf(Uint8Array);
    expect(rms(data, gradient(60, 40, 3))).toBeLessThanOrEqual(tolerance);
  });

  it('has the same pixels from a small PNG and a large one, which different decoders read', async () => {
    for (const side of [100, 300]) {
      const png = await image(side, side, 3).png().toBuffer();
      expect((await decodeImage(png, { layout: 'HWC' })).data).toEqual(new Uint8Array(gradient(side, side, 3)));
    }
  });

  it.each([1, 3, 4] as const)('makes %i channels of any file, whichever decoder reads it', async (channels) => {
    for (const given of [1, 3, 4] as const) {
      const picture = image(50, 40, given).toColourspace(given === 1 ? 'b-w' : 'srgb');
      const png = await decodeImage(await picture.clone().png().toBuffer(), { channels });
      const tiff = await decodeImage(await picture.clone().tiff({ compression: 'lzw' }).toBuffer(), { channels });
      expect(png.shape).toEqual([channels, 40, 50]);
      expect(png.data).toEqual(tiff.data);
    }
  });

  it('puts channels first, or last, as bytes or as 0 to 1', async () => {
    const png = await image(4, 3, 3).png().toBuffer();
    const chw = await decodeImage(png);
    const hwc = await decodeImage(png, { layout: 'HWC', dtype: 'float32' });
    expect([chw.shape, hwc.shape]).toEqual([
      [3, 3, 4],
      [3, 4, 3],
    ]);
    for (let c = 0; c < 3; c++)
      for (let i = 0; i < 12; i++) expect(hwc.data[i * 3 + c]).toBeCloseTo(chw.data[c * 12 + i]! / 255, 6);
  });

  it('keeps grey grey, and makes it from colour as JPEG does', async () => {
    const grey = await image(20, 20, 1).toColourspace('b-w').jpeg().toBuffer();
    expect((await decodeImage(grey)).shape).toEqual([1, 20, 20]);
    expect((await decodeImage(grey, { channels: 3 })).shape).toEqual([3, 20, 20]);
    const red = sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 100, b: 50 } } });
    const luma = Math.round(200 * 0.299 + 100 * 0.587 + 50 * 0.114);
    for (const bytes of [await red.png().toBuffer(), await red.jpeg({ quality: 100 }).toBuffer()]) {
      const { data } = await decodeImage(bytes, { channels: 1 });
      for (const value of data) expect(Math.abs(value - luma)).toBeLessThanOrEqual(1);
    }
  });

  it('keeps the precision of 16 bits in float32 and rounds them in uint8', async () => {
    const samples = Uint16Array.from({ length: 64 }, (_, i) => i * 1001);
    const png = await sharp(samples, { raw: { width: 8, height: 8, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const fine = await decodeImage(png, { dtype: 'float32' });
    const coarse = await decodeImage(png);
    expect(fine.shape).toEqual([1, 8, 8]);
    samples.forEach((sample, i) => {
      expect(fine.data[i]).toBeCloseTo(sample / 65535, 5);
      expect(coarse.data[i]).toBe(Math.round((sample * 255) / 65535));
    });
  });

  it('converts CMYK', async () => {
    const red = { create: { width: 16, height: 16, channels: 3, background: { r: 220, g: 30, b: 30 } } } as const;
    const jpeg = await sharp(red).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const { data, shape } = await decodeImage(jpeg);
    expect(shape).toEqual([3, 16, 16]);
    expect(data[0]).toBeGreaterThan(180);
    expect(data[256]).toBeLessThan(90);
  });

  it('does not let transparent colours bleed when it shrinks', async () => {
    const pixels = Buffer.from([255, 0, 0, 255, 0, 255, 0, 0]);
    const png = await sharp(pixels, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    const { data, shape } = await decodeImage(png, { width: 1, height: 1 });
    expect(shape).toEqual([4, 1, 1]);
    expect([data[0], data[1], data[2]]).toEqual([255, 0, 0]);
  });

  it('takes bytes without taking them away', async () => {
    const png = await image(5, 5, 3).png().toBuffer();
    const copy = Buffer.from(png);
    await decodeImage(png);
    expect(png).toEqual(copy);
  });
});

describe('orientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a JPEG of orientation %i upright, as sharp does', async (orientation) => {
    const jpeg = await image(32, 16, 3).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
    const { data, info } = await sharp(jpeg).autoOrient().raw().toBuffer({ resolveWithObject: true });
    for (const layout of ['HWC', 'CHW'] as const) {
      const found = await decodeImage(jpeg, { layout });
      const wanted =
        layout === 'HWC' ? data : Array.from(data, (_, i) => data[(i % (32 * 16)) * 3 + Math.floor(i / (32 * 16))]!);
      expect(found.shape).toEqual(layout === 'HWC' ? [info.height, info.width, 3] : [3, info.height, info.width]);
      expect(rms(found.data, wanted)).toBeLessThan(2);
    }
  });

  it('gives the size that was asked for to the upright image', async () => {
    const jpeg = await image(32, 16, 3).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await decodeImage(jpeg, { width: 10, height: 30 })).shape).toEqual([3, 30, 10]);
    expect((await decodeImage(jpeg, { width: 8 })).shape).toEqual([3, 16, 8]);
  });
});

describe('resizing', () => {
  const grey = Buffer.from([10, 200, 30, 80, 250, 0, 90, 60, 120, 40, 5, 220, 170, 15, 100, 60, 130, 240, 20, 190]);
  const png = (): Promise<Buffer> =>
    sharp(grey, { raw: { width: 5, height: 4, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();

  it.each(RESIZED)('from 5 × 4 to $width × $height as Pillow and TensorFlow do', async ({ width, height, values }) => {
    const { data } = await decodeImage(await png(), { width, height, dtype: 'float32' });
    expect(data.length).toBe(values.length);
    values.forEach((value, i) => expect(data[i]! * 255).toBeCloseTo(value, 1));
  });

  it('rounds to bytes', async () => {
    const { width, height, values } = RESIZED[0]!;
    const { data } = await decodeImage(await png(), { width, height });
    data.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(0.51));
  });

  it('weighs every pixel of a large image that becomes one', async () => {
    const wide = await sharp(gradient(2000, 3, 1), { raw: { width: 2000, height: 3, channels: 1 } })
      .png()
      .toBuffer();
    const { data } = await decodeImage(wide, { width: 1, height: 1, channels: 1, dtype: 'float32' });
    const mean = gradient(2000, 3, 1).reduce((sum, value) => sum + value, 0) / 6000;
    expect(data[0]! * 255).toBeCloseTo(mean, 0);
  });
});

describe('what is no image', () => {
  it.each([
    ['a file that is not there', join(folder, 'none.jpg'), 'there is no such file'],
    ['a folder', folder, 'it is a folder'],
    ['an empty file', write('empty.png', ''), 'it is empty'],
    ['a text', write('text.jpg', 'not an image at all'), 'it is a text, not an image'],
  ])('is an error with the reason: %s', async (_what, file, reason) => {
    await expect(decodeImage(file)).rejects.toThrow(`cannot decode "${file}" as an image: ${reason}`);
  });

  it.each(['jpeg', 'png'] as const)('is an error with the reason: half of a %s', async (format) => {
    const bytes = await image(200, 200, 3).toFormat(format).toBuffer();
    const file = write(`half.${format}`, bytes.subarray(0, bytes.length / 2));
    await expect(decodeImage(file)).rejects.toThrow(
      /half\.\w+" as an image: .*(premature|end|truncated|corrupt|IDAT|data)/i,
    );
  });

  it('refuses a size that is none', async () => {
    await expect(decodeImage(folder, { width: 0 })).rejects.toThrow(
      'invalid width: expected a whole number of at least 1, got 0',
    );
  });
});

it('decodes many at once, each its own', async () => {
  const files = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      const background = { r: i * 6, g: 255 - i * 6, b: 10 };
      const options = { create: { width: 30 + i, height: 20, channels: 3, background } } as const;
      return write(
        `many-${i}.${i % 2 ? 'png' : 'jpg'}`,
        await sharp(options)
          .toFormat(i % 2 ? 'png' : 'jpeg')
          .toBuffer(),
      );
    }),
  );
  const images = await Dataset.fromArray(files)
    .map((file) => decodeImage(file), { concurrency: 16 })
    .toArray();
  images.forEach(({ data, shape }, i) => {
    expect(shape).toEqual([3, 20, 30 + i]);
    expect(Math.abs(data[0]! - i * 6)).toBeLessThanOrEqual(4);
  });
});

it('the resampling module is what its source compiles to', async () => {
  const { compileResample, TARGET } = await import('../../../lib/assembly/build.mjs');
  expect(readFileSync(TARGET, 'utf8')).toBe(compileResample());
});

function write(name: string, bytes: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
