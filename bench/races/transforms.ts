import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';

const IMAGES = 400;
const FROM = 256;
const TO = 224;
const MEAN = [0.485, 0.456, 0.406] as const;
const STD = [0.229, 0.224, 0.225] as const;

/** The middle of each image, mirrored, as normalized floats: one number of each, so that none can be left out. */
type Answer = number;
const look = (data: Float32Array): number => data[TO * TO + 5]!;

const pixels = (): Uint8Array => Uint8Array.from({ length: 3 * FROM * FROM }, (_, i) => (i * 37) % 256);

const withStemma = (mode: Mode): Variant => ({
  name: stemma(mode),
  items: IMAGES,
  prepare: async () => {
    const { centerCrop, Dataset, horizontalFlip, normalize, toFloat32 } = await import('stemma');
    record(mode);
    const image = { data: pixels(), shape: [FROM, FROM, 3] };
    return async (): Promise<Answer> => {
      let sum = 0;
      const layout = 'HWC';
      await Dataset.fromArray(Array.from({ length: IMAGES }, () => image))
        .map(centerCrop(TO, { layout }))
        .map(horizontalFlip({ layout }))
        .map(toFloat32({ layout }))
        .map(normalize({ mean: MEAN, std: STD, layout }))
        .forEach(({ data }) => void (sum += look(data)));
      return Math.round(sum);
    };
  },
});

/** All in one loop, as a person would write it who wants nothing else. */
const byHand: Variant = {
  name: 'one loop by hand',
  items: IMAGES,
  prepare: async () => {
    const data = pixels();
    const start = (FROM - TO) / 2;
    return (): Answer => {
      let sum = 0;
      for (let n = 0; n < IMAGES; n++) {
        const result = new Float32Array(3 * TO * TO);
        for (let y = 0; y < TO; y++)
          for (let x = 0; x < TO; x++)
            for (let c = 0; c < 3; c++) {
              const from = ((start + y) * FROM + start + TO - 1 - x) * 3 + c;
              result[(y * TO + x) * 3 + c] = (data[from]! / 255 - MEAN[c]!) / STD[c]!;
            }
        sum += look(result);
      }
      return Math.round(sum);
    };
  },
};

/** Crop and mirror in libvips, eight at a time; its arithmetic keeps bytes, so that floats are made in a loop. */
const withSharp: Variant = {
  name: 'sharp alone, eight at a time',
  items: IMAGES,
  prepare: async () => {
    const { default: sharp } = await import('sharp');
    const data = pixels();
    const start = (FROM - TO) / 2;
    const one = async (): Promise<number> => {
      const bytes = await sharp(data, { raw: { width: FROM, height: FROM, channels: 3 } })
        .extract({ left: start, top: start, width: TO, height: TO })
        .flop()
        .raw()
        .toBuffer();
      const floats = new Float32Array(bytes.length);
      for (let i = 0; i < bytes.length; i += 3)
        for (let c = 0; c < 3; c++) floats[i + c] = (bytes[i + c]! / 255 - MEAN[c]!) / STD[c]!;
      return look(floats);
    };
    return async (): Promise<Answer> => {
      let next = 0;
      let sum = 0;
      const work = async (): Promise<void> => {
        while (next++ < IMAGES) {
          const value = await one();
          sum += value;
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      return Math.round(sum);
    };
  },
};

export const transforms: Race = {
  name: 'transforms',
  title: `${IMAGES} images of ${FROM} × ${FROM} pixels → centre crop of ${TO}, flip, float32, normalize`,
  unit: 'items/s',
  baseline: 'one loop by hand',
  variants: [...MODES.map(withStemma), byHand, withSharp],
  targets: [{ text: 'at most twice one loop by hand', of: stemma('on'), against: byHand.name, atMost: 2 }],
};
