/**
 * The tutorials run as they stand, and print what the committed notebooks show. `STEMMA_UPDATE_TUTORIALS=1` writes what
 * they print and draw into the notebooks.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digitsFolder, inRoot } from '../../scripts/support/paths.mjs';
import { type Output, executeNotebook } from '../support/execute-notebook';
import { temporaryFolder } from '../support/temporary-folder';

interface Notebook {
  cells: { cell_type: string; id: string; outputs?: Output[] }[];
}

const tutorials = inRoot('docs', 'tutorials');
const names = readdirSync(tutorials).filter((name) => name.endsWith('.ipynb'));
const isUpdate = process.env.STEMMA_UPDATE_TUTORIALS === '1';

/** What does not change from run to run: times are drawn, and numbers of executions are Jupyter's. */
const printed = (outputs: Output[] = []): string =>
  outputs
    .filter(({ data }) => data?.['text/html'] === undefined)
    .flatMap(({ text, data }) => text ?? data?.['text/plain'] ?? '')
    .join('');

/** For the repository: what a page of HTML and a terminal show. */
const kept = (outputs: Output[] = []): Output[] =>
  outputs.map((output) => {
    const { data } = output;
    if (data === undefined) return output;
    const shown = Object.entries(data).filter(([mime]) => mime === 'text/html' || mime === 'text/plain');
    // The format wants one of a result; null is one that was not run.
    const count = 'execution_count' in output ? { execution_count: null } : {};
    return { ...output, ...count, metadata: {}, data: Object.fromEntries(shown) };
  });

describe.each(names)('docs/tutorials/%s', (name) => {
  const folder = temporaryFolder();
  const notebook = JSON.parse(readFileSync(join(tutorials, name), 'utf8')) as Notebook;
  const code = notebook.cells.filter(({ cell_type }) => cell_type === 'code');
  let outputs: Map<string, Output[]>;

  beforeAll(async () => {
    mkdirSync(join(folder, 'examples', 'data'), { recursive: true });
    symlinkSync(digitsFolder, join(folder, 'examples', 'data', 'digits'));
    cpSync(tutorials, join(folder, 'docs', 'tutorials'), { recursive: true });
    outputs = await executeNotebook(join(folder, 'docs', 'tutorials'), name);
    if (!isUpdate) return;
    for (const cell of code) cell.outputs = kept(outputs.get(cell.id));
    writeFileSync(join(tutorials, name), `${JSON.stringify(notebook, null, 1)}\n`);
  });

  it('prints what the notebook shows', () => {
    for (const cell of code) expect(printed(outputs.get(cell.id)), cell.id).toEqual(printed(cell.outputs));
  });

  it('draws its steps at the end', () => {
    const last = outputs.get(code.at(-1)!.id)!;
    expect(JSON.stringify(last)).toContain('data:image/svg');
  });
});

it('there are four tutorials', () => {
  expect(names).toEqual(['images.ipynb', 'tables.ipynb', 'text.ipynb', 'time-series.ipynb']);
});
