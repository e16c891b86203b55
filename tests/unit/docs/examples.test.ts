import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { runExample } from '../../support/doc-examples';
import { codeOf, userPages } from '../../support/docs-pages';
import { temporaryFolder } from '../../support/temporary-folder';

const IMPORT = /^import .* from 'stemma';\n/;
const home = process.cwd();

beforeAll(() => process.chdir(temporaryFolder()));
// The pages compare the record of today with an earlier one.
beforeEach(() => stemma.provenance.save('monday.json'));
afterAll(() => process.chdir(home));

const examples = userPages()
  // Runs its code by itself, on files of its own: gallery.test.ts.
  .filter(({ path }) => path !== 'gallery.md')
  .flatMap((page) =>
    codeOf(page)
      .filter((code) => IMPORT.test(code))
      .map((code) => ({ page: page.path, line: code.replace(IMPORT, '').trim().split('\n')[0]!, code })),
  );

describe('the examples of the documentation', () => {
  it.each(examples)('$page: $line', async ({ code }) => {
    const { default: _, ...names } = stemma as { [name: string]: unknown };
    expect(await runExample(code.replace(IMPORT, ''), { ...names, console: { log: () => undefined } })).toBeGreaterThan(
      0,
    );
  });

  it('are found on many pages', () => {
    expect(new Set(examples.map(({ page }) => page)).size).toBeGreaterThan(5);
  });
});

it('docs/reference/operations.md names every operation', () => {
  const page = readFileSync(inRoot('docs', 'reference', 'operations.md'), 'utf8');
  const operations = ['item-operations', 'batch-operations', 'stream-operations'].flatMap((name) =>
    [...readFileSync(inRoot('lib', 'src', 'dataset', `${name}.ts`), 'utf8').matchAll(/^ {2}(\w+)[<(].*[{(]$/gm)].map(
      ([, operation]) => operation!,
    ),
  );
  expect(operations.length).toBeGreaterThan(15);
  expect(operations.filter((operation) => !page.includes(operation))).toEqual([]);
});
