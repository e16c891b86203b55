import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { docExamples, filesOf, runExample } from '../../support/doc-examples';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const home = process.cwd();

beforeAll(async () => {
  const name = ['a', 'b'];
  const score = [0.5, 1.5];
  writeFileSync(join(folder, 'scores.arrow'), tableToIPC(tableFromArrays({ name, score: Float64Array.from(score) })));
  parquetWriteFile({
    filename: join(folder, 'scores.parquet'),
    columnData: [
      { name: 'name', data: name },
      { name: 'score', data: score },
    ],
  });
  process.chdir(folder);
  await stemma.Dataset.range(5).count();
  for (const name of ['run.provenance', 'a', 'b', '1', '2', 'monday', 'tuesday'])
    await stemma.provenance.save(`${name}.json`);
});
afterAll(() => process.chdir(home));

/** Those of the files below that the package offers. */
const examples = [
  ...['consumable', 'item-operations', 'stream-operations', 'dataset'].map((name) => `dataset/${name}.ts`),
  ...['canonical-hash', 'document-error', 'line-up', 'merge', 'read-document'].map((name) => `documents/${name}.ts`),
  'adapters/tfjs.ts',
  'engine/errors.ts',
  'images/decode-image.ts',
  'provenance/save.ts',
  'provenance-api.ts',
  'show.ts',
  'util/random.ts',
].flatMap((file) => docExamples(inRoot('lib/src', file)));
const publicNames = new Set([...Object.keys(stemma), 'Consumable', 'ItemOperations', 'StreamOperations']);
const offered = examples.filter(({ name }) => publicNames.has(name.split('.')[0]!));

describe('the docstring', () => {
  it('of everything that the package offers is looked at', () => {
    const seen = new Set(offered.map(({ name }) => name.split('.')[0]));
    const constants = ['default', 'COMM_TARGET', 'HOST_KEY', 'PROTOCOL_VERSION', 'SESSION_KEY'];
    expect(Object.keys(stemma).filter((name) => !seen.has(name) && !constants.includes(name))).toEqual([]);
  });

  it.each(offered)('of $name has an example that does what it says', async ({ code }) => {
    expect(code, 'a docstring with an @example').not.toBeNull();
    for (const [path, content] of filesOf(code!)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { default: _, ...names } = stemma as { [name: string]: unknown };
    await runExample(code!, { ...names, console: { log: () => undefined } });
  });
});

it('an example that says something else is found', async () => {
  await expect(runExample('1 + 1; // 3', {})).rejects.toThrow('the example says 3, but it is 2');
  expect(await runExample('const two = 2;\ntwo; // 2', {})).toBe(1);
});
