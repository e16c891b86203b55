/** All public examples, as sources for a compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import * as stemma from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { publicNames } from '../../../support/doc-examples';
import type { Sources } from '../../../support/type-check';

/** The examples of docstrings, with the names of the package in scope. */
export function docstrings(): Sources {
  const offered = publicNames(inRoot('lib/src/index.ts'));
  const names = new Set([...Object.keys(stemma), ...offered.map(({ name }) => name)]);
  const importable = [...names].filter((name) => name !== 'default' && !name.includes('.'));
  return Object.fromEntries(
    offered
      .filter(({ example }) => example !== null)
      .map(({ name, example }) => {
        const used = importable.filter((other) => new RegExp(`\\b${other}\\b`).test(example!));
        return [`lib/example-${name}.ts`, `import { ${used.join(', ')} } from 'stemma';\n${example}\nexport {};\n`];
      }),
  );
}

/** The blocks of TypeScript on the pages. One without imports goes on from those above it. */
export function pages(): Sources {
  const sources: Sources = {};
  const docs = readdirSync(inRoot('docs'), { recursive: true, encoding: 'utf8' });
  // The reports in `docs/api` are signatures, not examples.
  const written = docs.filter(
    (path) => path.endsWith('.md') && !path.endsWith('.api.md') && !/node_modules|reference.api/.test(path),
  );
  const paths = [...written.map((path) => `docs/${path}`), 'README.md'];
  for (const page of [...paths, 'lib/README.md', 'CONTRIBUTING.md']) {
    const blocks = [...readFileSync(inRoot(page), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
    blocks.forEach((code, index) => {
      const before = /^import /m.test(code) ? '' : blocks.slice(0, index).join('\n');
      sources[`monitor/${page.replaceAll('/', '-')}-${index + 1}.ts`] = `${before}\n${code}\nexport {};\n`;
    });
  }
  return sources;
}

/** The cells of each notebook, one after the other: those of the examples and of the tutorials. */
export function notebooks(): Sources {
  const paths = ['examples', 'docs/tutorials'].flatMap((folder) =>
    readdirSync(inRoot(folder))
      .filter((name) => name.endsWith('.ipynb'))
      .map((name) => `${folder}/${name}`),
  );
  return Object.fromEntries(
    paths.map((path) => {
      const notebook = JSON.parse(readFileSync(inRoot(path), 'utf8')) as {
        cells: { cell_type: string; source: string | string[] }[];
      };
      const cells = notebook.cells.filter((cell) => cell.cell_type === 'code');
      const code = cells.map(({ source }) => [source].flat().join('')).join('\n;');
      return [path.replace(/ipynb$/, 'ts'), `${code}\nexport {};\n`];
    }),
  );
}
