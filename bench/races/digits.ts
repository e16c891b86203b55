import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Race, Variant } from '../harness/race';
import { MODES, type Mode, record, stemma } from '../harness/modes';
import { stateFolder } from '../harness/paths';

const PER_CLASS = 200;
const IMAGES = PER_CLASS * 10;
const BATCH = 32;
const CONCURRENCY = 8;
const SIZE = { width: 224, height: 224, channels: 3, dtype: 'float32' } as const;

/** Real handwritten digits as PNG files in class folders, without the demo's broken ones. */
async function digitsFolder(): Promise<string> {
  const folder = join(stateFolder, `digits-${PER_CLASS}`);
  if (existsSync(folder)) return folder;
  const { makeDigits } = await import('../../examples/make-digits.mjs');
  const { brokenFiles } = await import('../../examples/support/broken-files.mjs');
  makeDigits(folder, { perClass: PER_CLASS });
  for (const path of Object.keys(brokenFiles)) rmSync(join(folder, path));
  return folder;
}

/**
 * As in a notebook's kernel, where the compiler is loaded. The images keep V8's collector busy, whose work depends on
 * what else is alive: beside an almost empty heap it is half of that, and what a few megabytes of a record cost there
 * would be counted as the recorder's.
 */
const fillHeap = (): Promise<unknown> => import('typescript');

const withStemma = (mode: Mode): Variant => ({
  name: stemma(mode),
  items: IMAGES,
  prepare: async () => {
    const { Dataset, decodeImage } = await import('stemma');
    record(mode);
    await fillHeap();
    const folder = await digitsFolder();
    return async () => {
      const classes = Dataset.fromClassFolders(folder, { extensions: ['.png'] });
      const labelled = classes.map(({ label, dataset }) => dataset.map((file) => ({ file, label: Number(label) })));
      let images = 0;
      await Dataset.concat(...labelled)
        .shuffle({ seed: 123 })
        .map(async ({ file, label }) => ({ image: await decodeImage(file, SIZE), label }), { concurrency: CONCURRENCY })
        .batch(BATCH)
        .forEach(({ image }) => void (images += image.shape[0]!));
      return images;
    };
  },
});

/** What Stemma adds nothing to: the same decoder, the same number of calls under way, batches stacked by hand. */
const bareLoop: Variant = {
  name: 'bare loop over the same decoder',
  items: IMAGES,
  prepare: async () => {
    const { decodeImage, Random } = await import('stemma');
    await fillHeap();
    const folder = await digitsFolder();
    return async () => {
      const files = readdirSync(folder)
        .sort()
        .flatMap((label) =>
          readdirSync(join(folder, label)).map((name) => ({ path: join(folder, label, name), label: Number(label) })),
        );
      const random = new Random(123);
      for (let i = files.length - 1; i > 0; i--) {
        const j = random.int(i + 1);
        [files[i], files[j]] = [files[j]!, files[i]!];
      }
      let images = 0;
      let next = 0;
      let batch: { data: Float32Array; label: number }[] = [];
      const flush = (): void => {
        const size = batch[0]!.data.length;
        const stacked = new Float32Array(size * batch.length);
        batch.forEach(({ data }, i) => stacked.set(data, i * size));
        images += batch.length;
        batch = [];
      };
      const work = async (): Promise<void> => {
        while (next < files.length) {
          const { path, label } = files[next++]!;
          const { data } = await decodeImage(path, SIZE);
          if (batch.push({ data, label }) === BATCH) flush();
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
      if (batch.length > 0) flush();
      return images;
    };
  },
};

export const digits: Race = {
  name: 'digits',
  title: `(4) ${IMAGES} handwritten digits, PNG files in class folders: label → shuffle → decode to [3, 224, 224] → batch(32)`,
  unit: 'items/s',
  // The decoder's threads are compiled late: a process's first runs take a third longer.
  warmUps: 6,
  processes: 2,
  baseline: bareLoop.name,
  variants: [bareLoop, ...MODES.map(withStemma)],
  targets: [{ text: 'at least 97 % of the bare loop', of: stemma('on'), against: bareLoop.name, atMost: 1 / 0.97 }],
};
