/**
 * The digits' pipeline as a plain script, without Jupyter. It writes what Stemma recorded beside itself.
 *
 *     npx tsx examples/pipeline.ts [folder of class folders] [file to write]
 */
import { join } from 'node:path';
import { Dataset, decodeImage, normalize, provenance, randomCrop } from 'stemma';

const here = import.meta.dirname;
const folder = process.argv[2] ?? join(here, 'data', 'digits');
const target = process.argv[3] ?? join(here, 'pipeline.provenance.json');

const classes = Dataset.fromClassFolders(folder, { identifier: (label) => `Load class ${label}` });
const labelled = classes.map(({ label, dataset }) =>
  dataset.map((file) => ({ file, label: Number(label) }), 'Add label'),
);

const scaled = Dataset.concat(...labelled)
  .shuffle({ seed: 123, identifier: 'Shuffle together' })
  .map(
    async ({ file, label }) => ({
      image: await decodeImage(file, { width: 28, height: 28, channels: 1, layout: 'CHW', dtype: 'float32' }),
      label,
    }),
    { identifier: 'Decode and scale', concurrency: 4, onError: 'skip' },
  )
  .filter(({ image }) => meanOf(image.data) > 0.01, 'Drop nearly empty');

const statistics = await scaled.statistics('Brightness');
const { mean, std } = statistics.fields.image!.channels![0]!;

const batches = scaled
  .map(normalize({ statistics }).on('image'), 'Normalize')
  .randomMap(randomCrop(28, { padding: 2, fill: -mean / std }).on('image'), { seed: 7, identifier: 'Augment' })
  .batch(32, { dropRemainder: true, identifier: 'Batch for training' });

console.log(`${await batches.count()} batches of 32, from ${statistics.items} images`);
await provenance.save(target);
console.log(`provenance written to ${target}`);

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
