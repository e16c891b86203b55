import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

/**
 * Types and lines that compilers take away, chained calls in one line, an operation made in a function, and a module of
 * its own.
 */
const PREPARE = `import type { Dataset } from 'stemma';

interface Item {
  n: number;
}
export function prepare(rows: Dataset<number>): Dataset<Item> {
  return rows
    .map((n: number): Item => ({ n }), 'Wrap')
    .flatMap((item: Item) =>
      rows.map((n: number): Item => ({ n: n + item.n }), 'Inner'),
    'Many');
}
`;
const PIPELINE = `import { Dataset } from 'stemma';
import { prepare } from './prepare';

type Parameters = { size?: number };
export default ({ size = 3 }: Parameters) => prepare(Dataset.range(size, 'Rows')
    .shuffle('Mix') as Dataset<number>).batch(2, 'Two');
`;
const SCRIPT = `import { provenance } from 'stemma';
import pipeline from './pipeline';

interface Unused { name: string }
void (pipeline({}) as ReturnType<typeof pipeline>).forEach(() => undefined, 'Train')
  .then(() => provenance.save(process.argv[2]!));
`;
const FILES = { 'prepare.ts': PREPARE, 'pipeline.ts': PIPELINE, 'script.ts': SCRIPT };

/** Where the method whose name stands before `'label'` is written. */
function placeOf(label: string): { file: string; line: number; column: number } {
  for (const [name, text] of Object.entries(FILES)) {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    let found: ts.Node | undefined;
    const visit = (node: ts.Node): void => {
      const isIt =
        ts.isCallExpression(node) && node.arguments.some((one) => ts.isStringLiteral(one) && one.text === label);
      if (isIt && ts.isPropertyAccessExpression(node.expression)) found = node.expression.name;
      ts.forEachChild(node, visit);
    };
    visit(source);
    if (found === undefined) continue;
    const { line, character } = source.getLineAndCharacterOfPosition(found.getStart(source));
    return { file: `src/${name}`, line: line + 1, column: character + 1 };
  }
  throw new Error(`no operation is called ${label}`);
}

describe.each(['module', 'commonjs'])('places of operations in TypeScript of type %s', (type) => {
  const folder = temporaryFolder();
  const run = (...args: string[]): void => void execFileSync(process.execPath, args, { cwd: folder, stdio: 'pipe' });
  const placesIn = (file: string) =>
    Object.fromEntries(readDocument(join(folder, file)).processes.map(({ label, position }) => [label, position]));
  const inner = Object.fromEntries(
    ['Rows', 'Mix', 'Wrap', 'Inner', 'Many', 'Two'].map((label) => [label, placeOf(label)]),
  );
  const all = { ...inner, Train: placeOf('Train') };

  beforeAll(() => {
    symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    mkdirSync(join(folder, 'src'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, 'src', name), text);
  });

  it('are those of the source under stemma run', () => {
    run(inRoot('lib', 'bin', 'stemma.mjs'), 'run', 'src/pipeline.ts', '-o', 'run.json');
    expect(placesIn('run.json')).toEqual({ ...inner, Run: null });
  });

  it('are those of the source under tsx', () => {
    run(inRoot('node_modules', 'tsx', 'dist', 'cli.mjs'), 'src/script.ts', 'tsx.json');
    expect(placesIn('tsx.json')).toEqual(all);
  });

  it.each(['linked', 'inline'] as const)(
    'are those of the source where a compiler left a map that is %s',
    async (sourcemap) => {
      const outfile = join(folder, 'out', sourcemap, 'script.cjs');
      const entryPoints = [join(folder, 'src', 'script.ts')];
      await build({
        entryPoints,
        outfile,
        sourcemap,
        bundle: true,
        packages: 'external',
        platform: 'node',
        minify: true,
      });
      run(outfile, `${sourcemap}.json`);
      expect(placesIn(`${sourcemap}.json`)).toEqual(all);
    },
  );

  it('are those of the script where no map is left', async () => {
    const outfile = join(folder, 'out', 'script.cjs');
    await build({
      entryPoints: [join(folder, 'src', 'script.ts')],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
    });
    run(outfile, 'plain.json');
    expect(placesIn('plain.json')['Rows']).toMatchObject({
      file: 'out/script.cjs',
      line: expect.any(Number) as number,
    });
  });
});
