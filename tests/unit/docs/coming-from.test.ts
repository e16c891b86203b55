import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parquetWriteFile } from 'hyparquet-writer';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as stemma from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';
import { typeErrors } from '../../support/type-check';

const { Dataset, tensors, centerCrop, colorJitter, normalize, randomHorizontalFlip, resize, toFloat32 } = stemma;
const transforms = { centerCrop, colorJitter, normalize, randomHorizontalFlip, resize, toFloat32 };
const image = { data: new Uint8Array(3 * 8 * 8).fill(9), shape: [3, 8, 8] };

/** The second column of all tables: the calls of Stemma. */
const calls = readFileSync(inRoot('docs', 'coming-from.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(' | ')[1]!)
  .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, call]) => call!));

const unique = [...new Set(calls)];

/** What the page says its names are. */
const PRELUDE = `
import * as tf from '@tensorflow/tfjs-core';
import { Dataset, tensors, type Tensor } from 'stemma';
import { ${Object.keys(transforms).join(', ')} } from 'stemma';
declare const images: Dataset<Tensor<Uint8Array>>;
declare const pictures: Dataset<{ image: Tensor<Uint8Array>; label: number }>;
const ds = Dataset.range(100);
const [a, b] = [Dataset.range(10), Dataset.range(10)];
const records = Dataset.range(10).map((n) => ({ n, rest: -n }));
const batches = Dataset.range(10).map((n) => ({ xs: [n] })).batch(5);
const f = (n: number) => n + 1;
const keep = (n: number) => n % 2 === 0;
export const used = [tf, Dataset, tensors, ds, a, b, records, batches, f, keep];
`;

const folder = temporaryFolder();
const home = process.cwd();
beforeAll(() => {
  for (const name of ['data', 'images/cat']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'data/1.csv'), 'n,m\n1,2\n');
  writeFileSync(join(folder, 'data/1.txt'), 'one\n');
  writeFileSync(join(folder, 'data/1.jsonl'), '{"n": 1}\n');
  for (const path of ['data/1.png', 'images/cat/1.png']) writeFileSync(join(folder, path), 'not looked into');
  parquetWriteFile({ filename: join(folder, 'data/1.parquet'), columnData: [{ name: 'n', data: [1, 2] }] });
  process.chdir(folder);
});
afterAll(() => process.chdir(home));

describe('docs/coming-from.md', () => {
  it('has calls that compile', async () => {
    const body = unique.map((call) => (call.startsWith('for ') ? `${call};` : `void (${call});`)).join('\n');
    expect(await typeErrors('typescript', { 'tests/unit/docs/coming-from.ts': `${PRELUDE}\n${body}\n` })).toEqual([]);
  });

  it.each(unique)('has a call that runs: %s', async (call) => {
    const scope = {
      ...{ Dataset, tensors, tf, ...transforms },
      images: Dataset.fromArray([image]),
      pictures: Dataset.fromArray([{ image, label: 1 }]),
      ds: Dataset.range(100),
      a: Dataset.range(10),
      b: Dataset.range(10),
      records: Dataset.range(10).map((n) => ({ n, rest: -n })),
      batches: Dataset.range(10).map((n) => ({ xs: [n] })).batch(5), // prettier-ignore
      f: (n: number) => n + 1,
      keep: (n: number) => n % 2 === 0,
    };
    const code = call.startsWith('for ') ? `(async () => { ${call}; return 'looped'; })()` : `(${call})`;
    const { outputText } = ts.transpileModule(`return ${code};`, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    const result: unknown = await new Function(...Object.keys(scope), outputText)(...Object.values(scope));
    expect(await firstItem(result)).toBeDefined();
  });

  it('has many of them, for four libraries', () => expect(unique.length).toBeGreaterThan(60));
});

/** The first item of a dataset, or of the first of several; another result as it is. */
async function firstItem(result: unknown): Promise<unknown> {
  if (Dataset.isDataset(result)) return (await result.take(1).toArray())[0];
  if (Array.isArray(result) && result[0]?.dataset) return firstItem(result[0].dataset);
  if (result !== null && typeof result === 'object' && 'train' in result) return firstItem(result.train);
  return result === undefined ? 'forEach returns nothing' : result;
}
