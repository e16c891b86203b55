import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { filesOf, publicNames, runExample } from '../../support/doc-examples';
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

const offered = publicNames(inRoot('lib/src/index.ts'));
const withExample = offered.filter(({ example }) => example !== null);

describe('the docstring', () => {
  it('of everything that the package offers is looked at', () => {
    const names = offered.map(({ name }) => name);
    expect(Object.keys(stemma).filter((name) => name !== 'default' && !names.includes(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['Dataset.map', 'Dataset.range', 'Recorder.settings', 'Batched']));
  });

  it('of every name has a first sentence', () => {
    const without = offered.filter(({ text }) => !/^[A-Z`][^]*[.:]/.test(text));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('of all that can be called or constructed has an example', () => {
    const called = offered.filter(({ kind }) => kind !== 'type' && kind !== 'value');
    expect(called.filter(({ example }) => example === null).map(({ name }) => name)).toEqual([]);
  });

  it.each(withExample)('of $name has an example that does what it says', async ({ example }) => {
    for (const [path, content] of filesOf(example!)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { default: _, ...names } = stemma as { [name: string]: unknown };
    await runExample(example!, { ...names, console: { log: () => undefined } });
  });
});

it('an example that says something else is found', async () => {
  await expect(runExample('1 + 1; // 3', {})).rejects.toThrow('the example says 3, but it is 2');
  expect(await runExample('const two = 2;\ntwo; // 2', {})).toBe(1);
});
