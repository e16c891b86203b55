import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { runExample } from '../../support/doc-examples';

const IMPORT = /^import .* from 'stemma';\n/;
const page = readFileSync(inRoot('docs', 'datasets.md'), 'utf8');
const examples = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
  .map(([, code]) => code!)
  .filter((code) => IMPORT.test(code));

describe('docs/datasets.md', () => {
  it.each(examples.map((code) => [code.split('\n')[2], code]))('says what is true: %s', async (_, code) => {
    const { default: __, ...names } = stemma as { [name: string]: unknown };
    expect(await runExample(code!.replace(IMPORT, ''), names)).toBeGreaterThan(0);
  });

  it('names every operation', () => {
    const operations = ['item-operations', 'stream-operations'].flatMap((name) =>
      [...readFileSync(inRoot('lib', 'src', 'dataset', `${name}.ts`), 'utf8').matchAll(/^  (\w+)[<(].*[{(]$/gm)].map(
        ([, operation]) => operation!,
      ),
    );
    expect(operations.length).toBeGreaterThan(15);
    expect(operations.filter((operation) => !page.includes(operation))).toEqual([]);
  });
});
