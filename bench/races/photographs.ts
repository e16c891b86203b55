import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import { photographs as makePhotographs, photographsFolder } from '../data/photographs';

const IMAGES = 600;
const BATCH = 32;
const SIZE = { width: 224, height: 224 } as const;

/** How many batches, and the shape of the first; the Python peers return the same. */
type Answer = number[];

const withStemma = (mode: Mode): Variant => ({
  name: stemma(mode),
  items: IMAGES,
  prepare: async () => {
    const { Dataset, decodeImage } = await import('stemma');
    record(mode);
    const folder = await makePhotographs(IMAGES);
    return async (): Promise<Answer> => {
      let batches = 0;
      let shape: number[] = [];
      await Dataset.fromFolder(folder)
        .map((file) => decodeImage(file, { ...SIZE, dtype: 'float32' }))
        .batch(BATCH)
        .forEach((batch) => {
          if (batches++ === 0) shape = batch.shape;
        });
      return [batches, ...shape];
    };
  },
});

/** What a person would write with sharp alone: eight at a time, uint8 to float32 in a loop. */
const withSharp: Variant = {
  name: 'sharp alone, eight at a time',
  items: IMAGES,
  prepare: async () => {
    const { default: sharp } = await import('sharp');
    const folder = await makePhotographs(IMAGES);
    const files = readdirSync(folder).map((name) => join(folder, name));
    const size = SIZE.width * SIZE.height;
    const decode = async (file: string): Promise<Float32Array> => {
      const pixels = await sharp(file)
        .resize({ ...SIZE, fit: 'fill', kernel: 'linear' })
        .removeAlpha()
        .raw()
        .toBuffer();
      const image = new Float32Array(size * 3);
      for (let c = 0; c < 3; c++) for (let i = 0; i < size; i++) image[c * size + i] = pixels[i * 3 + c]! / 255;
      return image;
    };
    return async (): Promise<Answer> => {
      let batches = 0;
      let next = 0;
      let images: Float32Array[] = [];
      const work = async (): Promise<void> => {
        while (next < files.length) {
          const image = await decode(files[next++]!);
          images.push(image);
          if (images.length < BATCH) continue;
          stack(images);
          images = [];
          batches++;
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      if (images.length > 0) batches++;
      return [batches, BATCH, 3, SIZE.height, SIZE.width];
    };
  },
};

function stack(images: readonly Float32Array[]): Float32Array {
  const size = images[0]!.length;
  const batch = new Float32Array(size * images.length);
  images.forEach((image, i) => batch.set(image, i * size));
  return batch;
}

const python = (name: string, library: string): Variant => ({
  name,
  items: IMAGES,
  python: [join(import.meta.dirname, '..', 'python', 'photographs.py'), library, photographsFolder(IMAGES)],
});

export const photographs: Race = {
  name: 'photographs',
  title: `(6) ${IMAGES} JPEG files, 500 × 375 → 224 × 224, float32 CHW, batch(32)`,
  unit: 'items/s',
  // The decoder's threads are compiled late: a process's first runs take a third longer.
  warmUps: 6,
  baseline: 'tf.data',
  variants: [
    ...MODES.map(withStemma),
    python('tf.data', 'tf.data'),
    python('tf.data, antialiased', 'tf.data-antialiased'),
    python('grain with Pillow', 'grain'),
    withSharp,
  ],
  targets: [
    { text: 'at least as fast as tf.data', of: stemma('on'), against: 'tf.data', atMost: 1 },
    { text: 'faster than grain with Pillow', of: stemma('on'), against: 'grain with Pillow', atMost: 1 },
  ],
};
