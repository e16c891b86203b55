/**
 * A session of the kernel on the Node that runs this: what a version of Node may break, from the sockets to the
 * decoding of images.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDigits } from '../../examples/make-digits.mjs';
import { inRoot } from '../../scripts/support/paths.mjs';
import { writeNotebook } from '../browser/support/notebook-file';
import { command } from '../support/command';
import { executeNotebook, textOf } from '../support/execute-notebook';
import { readDocument } from '../support/schemas';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();

const CELLS = [
  'process.version',
  `import { Dataset, decodeImage, provenance } from 'stemma';
const options = { width: 14, height: 14, channels: 1, layout: 'CHW' } as const;
const files = Dataset.fromFolder('digits/3');
const images = await files.map((file) => decodeImage(file, options), { identifier: 'Decode', onError: 'skip' }).toArray();
images.filter(({ shape }) => shape.join() === '1,14,14').length`,
  "await provenance.save('smoke.provenance.json');",
];

it('the kernel runs cells, decodes images and records', async () => {
  const installed = await command([
    ...[process.execPath, inRoot('kernel-bridge', 'dist', 'cli.js')],
    ...['install', '--prefix', folder],
  ]);
  expect(installed.code, installed.output).toBe(0);
  makeDigits(join(folder, 'digits'), { perClass: 10 });
  writeNotebook(join(folder, 'smoke.ipynb'), CELLS);
  const outputs = await executeNotebook(folder, 'smoke.ipynb', { JUPYTER_PATH: join(folder, 'share', 'jupyter') });
  expect(textOf(outputs.get('cell-1'))).toContain(process.version);
  expect(textOf(outputs.get('cell-2'))).toBe('10');
  const document = readDocument(join(folder, 'smoke.provenance.json'));
  const decode = document.processes.find(({ label }) => label === 'Decode');
  expect(decode?.execution).toMatchObject({ state: 'complete' });
});
