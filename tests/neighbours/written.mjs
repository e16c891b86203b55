// Writes the same rows in every format, into the folder that is given, and a summary of what was written.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dataset } from 'stemma';

const folder = process.argv[2] ?? '.';
const rows = Dataset.range(3000).map((n) => ({
  n,
  half: n / 2,
  big: 2n ** 60n + BigInt(n),
  text: n % 7 === 0 ? `quoted "${n}",\nin two lines é 😀` : `row ${n}`,
  flag: n % 2 === 0,
  gap: n % 3 === 0 ? null : n,
}));
const nested = rows.map((row) => ({
  ...row,
  at: new Date(Date.UTC(2024, 0, 1) + row.n * 1000),
  list: [row.n, 0.5],
  box: { x: row.n, tags: ['a', `${row.n}`] },
  bytes: Uint8Array.of(row.n % 256),
}));
const examples = rows.map(({ n, half, big, text, flag }) => ({ n, half, big, text, flag, list: [n, n + 1] }));
/** @param {number} n */
const image = (n) => ({ data: Uint8Array.from({ length: 27 }, (_, i) => (i * 9 + n) % 256), shape: [3, 3, 3] });
const images = Dataset.range(5).map((n) => ({ png: image(n), npy: image(n), cls: n, json: { n, text: 'é' } }));

/** @param {string} name */
const to = (name) => join(folder, name);
const written = [
  await rows.toCsv(to('rows.csv')),
  await rows.toCsv(to('rows.csv.gz')),
  await nested.map(({ bytes: _, ...row }) => row).toJsonLines(to('rows.jsonl')),
  await nested.toParquet(to('rows.parquet')),
  await nested.toArrow(to('rows.arrow')),
  await examples.toTfRecord(to('rows.tfrecord')),
  await images.toWebDataset(to('images.tar')),
  await images.toFolder(to('images'), { name: ({ cls }) => `${cls}.png`, content: ({ png }) => png }),
];
writeFileSync(to('written.json'), JSON.stringify(written));
