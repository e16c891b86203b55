import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Dataset, decodeImage } from 'stemma';
import { makeDigits } from '../../examples/make-digits.mjs';
import { brokenFiles } from '../../examples/support/broken-files.mjs';
import { stateFolder } from '../harness/paths';

const PER_CLASS = 100;
const SIZE = { width: 224, height: 224, channels: 3, dtype: 'float32' } as const;

/**
 * The demo's pipeline over 1,000 digits: each call runs one epoch of the same datasets and returns the number of
 * images.
 */
export async function digitsPipeline(): Promise<() => Promise<number>> {
  const folder = join(stateFolder, `digits-${PER_CLASS}`);
  if (!existsSync(folder)) {
    makeDigits(folder, { perClass: PER_CLASS });
    for (const path of Object.keys(brokenFiles)) rmSync(join(folder, path));
  }
  const classes = Dataset.fromClassFolders(folder, { extensions: ['.png'] });
  const labelled = classes.map(({ label, dataset }) => dataset.map((file) => ({ file, label: Number(label) })));
  const batches = Dataset.concat(...labelled)
    .shuffle({ seed: 123 })
    .map(async ({ file, label }) => ({ image: await decodeImage(file, SIZE), label }), { concurrency: 8 })
    .batch(32);
  return async () => {
    let images = 0;
    await batches.forEach(({ image }) => void (images += image.shape[0]!));
    return images;
  };
}
