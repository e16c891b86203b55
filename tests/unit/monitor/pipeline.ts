import { Dataset } from 'stemma';

const image = (seed: number) => ({
  data: Float32Array.from({ length: 28 * 28 }, (_, i) => ((i * seed) % 28) / 28),
  shape: [1, 28, 28],
});

/** 200 images, in batches of ten. */
export async function drawImages(): Promise<void> {
  await Dataset.range(200, 'Rows')
    .map((row) => ({ image: image(row), row }), 'Draw "images"')
    .filter(({ row }) => row % 2 === 0, 'Even')
    .batch(10, 'Batch')
    .forEach(() => undefined, 'Train');
}
