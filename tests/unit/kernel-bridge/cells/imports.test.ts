import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestNotebook } from './support';

/** One notebook for all, in the folder of a project that each test fills again. */
let root: string;
let notebook: TestNotebook;

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stemma-imports-'));
  mkdirSync(join(root, 'notebooks'));
  notebook = new TestNotebook(join(root, 'notebooks'));
}, 60_000);
afterEach(() => {
  for (const folder of ['src', 'node_modules']) rmSync(join(root, folder), { recursive: true, force: true });
  for (const file of readdirSync(notebook.folder)) rmSync(join(notebook.folder, file));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('files can be imported', () => {
  it.each([
    ['from another folder', "import { x } from '../src/util'; x"],
    ['with an ending', "import { x } from '../src/util.ts'; x"],
    ['with that of what it would be compiled to', "import { x } from '../src/util.js'; x"],
    ['as a namespace', "import * as u from '../src/util'; u.x"],
    ['by default', "import u from '../src/util'; u()"],
    ['by import()', "const { x } = await import('../src/util'); x"],
    ['by a computed import()', "const m: any = await import('../src/' + 'util'); m.x"],
    ['by require', "const { x } = require('../src/util'); x"],
    ['by import = require', "import u = require('../src/util'); u.x"],
    ['as a folder', "import { x } from '../src'; x"],
    ['as JSX', "import { x } from '../src/view'; x"],
    ['as JavaScript', "import { x } from '../src/plain'; x"],
    ['as CommonJS', "import { x } from '../src/common.cjs'; x"],
    ['as an ES module', "import { x } from '../src/module.mjs'; x"],
    ['as an ES module that waits', "import { x } from '../src/waits.mjs'; x"],
    ['as JSON', "import json from '../src/data.json'; json.x"],
    ['as JSON, by name', "import { x } from '../src/data.json'; x"],
    ['as JSON, with an attribute', "import json from '../src/data.json' with { type: 'json' }; json.x"],
    ['for their types, too', "import { type X, x } from '../src/util'; const y: X = x; y"],
    [
      'for their types only',
      "import type { X } from '../src/util'; import { X as Y } from '../src/util'; const y: X & Y = 1; y",
    ],
  ])('%s', async (_how, cell) => {
    write('src/util.ts', 'export type X = number; export const x: X = 1; export default () => x;');
    write('src/index.ts', "export { x } from './util';");
    write(
      'src/view.tsx',
      'const React = { createElement: (_: string, p: { n: number }) => p.n };\nexport const x = <div n={1} /> as unknown as number;\ndeclare global { namespace JSX { interface IntrinsicElements { div: { n: number } } } }',
    );
    write('src/plain.js', 'export const x = 1;');
    write('src/common.cjs', 'module.exports = { x: 1 };');
    write('src/module.mjs', "import { x as y } from './plain.js'; export const x = import.meta.url ? y : 0;");
    write('src/waits.mjs', 'export const x = await Promise.resolve(1);');
    write('src/data.json', '{"x": 1}');
    expect(await notebook.value(cell)).toBe(1);
  });

  it('by their absolute path', async () => {
    write('src/util.ts', 'export const x = 1;');
    expect(await notebook.value(`import { x } from '${join(root, 'src/util')}'; x`)).toBe(1);
  });

  it('from a cell that is a module', async () => {
    await notebook.value('/** @module part */\nexport const x: number = 1;');
    expect(await notebook.value("import { x } from './part'; x")).toBe(1);
    await notebook.value('/** @module part */\nexport const x: number = 2;');
    expect(await notebook.value("import { x as again } from './part'; [again, x]")).toEqual([2, 1]);
  });
});

describe('an edited file is read again', () => {
  it.each([
    ['import', (n: number) => `import { top as top${n} } from './top'; top${n}`],
    ['import()', () => "(await import('./top')).top"],
    ['require', () => "require('./top').top"],
  ])('behind another, by %s', async (_how, cell) => {
    write('notebooks/deep.json', '{"n": 1}');
    write('notebooks/dep.ts', "import { n } from './deep.json'; export const dep = n * 10;");
    write('notebooks/top.ts', "import { dep } from './dep'; export const top = dep + 1;");
    expect(await notebook.value(cell(1))).toBe(11);
    write('notebooks/deep.json', '{"n": 2}');
    expect(await notebook.value(cell(2))).toBe(21);
    write('notebooks/dep.ts', "import { n } from './deep.json'; export const dep = n * 100;");
    expect(await notebook.value(cell(3))).toBe(201);
  });

  it('and earlier functions see what was imported again under the same name', async () => {
    write('notebooks/lib.ts', 'export const rate = 1;');
    await notebook.value("import { rate } from './lib'; const readRate = () => rate");
    write('notebooks/lib.ts', 'export const rate = 2;');
    expect(await notebook.value("import { rate } from './lib'; readRate()")).toBe(2);
  });

  it('in a cycle', async () => {
    write('notebooks/a.ts', "import { b } from './b'; export const a = (): number => b() + 1; export const base = 1;");
    write('notebooks/b.ts', "import { base } from './a'; export const b = (): number => base * 10;");
    expect(await notebook.value("import { a } from './a'; a()")).toBe(11);
    write('notebooks/b.ts', "import { base } from './a'; export const b = (): number => base * 20;");
    expect(await notebook.value("import { a } from './a'; a()")).toBe(21);
  });

  it('and what has not changed keeps its state', async () => {
    write('notebooks/state.ts', 'export const list: number[] = [];');
    write('notebooks/user.ts', "import { list } from './state'; export const add = () => list.push(1);");
    await notebook.value("import { add } from './user'; add(); import { list } from './state';");
    write('notebooks/user.ts', "import { list } from './state'; export const add = () => list.push(2, 3);");
    expect(await notebook.value("import { add } from './user'; add(); list")).toEqual([1, 2, 3]);
  });

  it('after it had failed', async () => {
    write('notebooks/top.ts', "import { x } from './bad'; export const top = x;");
    write('notebooks/bad.ts', 'export const x = 1; throw new Error("at load");');
    expect(await notebook.run("import { top } from './top'; top")).toEqual({ error: new Error('at load') });
    write('notebooks/bad.ts', 'export const x = 1;');
    expect(await notebook.value("import { top } from './top'; top")).toBe(1);
  });

  it('after it was not there', async () => {
    expect(await notebook.run("import { late } from './late'; late")).toHaveProperty('problems');
    write('notebooks/late.ts', 'export const late = 1;');
    expect(await notebook.value("import { late } from './late'; late")).toBe(1);
    rmSync(join(notebook.folder, 'late.ts'));
    expect(await notebook.run("import { late as gone } from './late'; gone")).toHaveProperty('problems');
    expect(await notebook.value('late')).toBe(1);
  });
});

describe('an error in an imported file', () => {
  it('of its types names the file and the line', async () => {
    write('src/wrong.ts', "import './deeper';\nexport const x: number = 1;");
    write('src/deeper.ts', '\nexport const y: number = "text";');
    await expect(notebook.notebook.execute("import { x } from '../src/wrong'; x", 'cell-1.ts')).rejects.toMatchObject({
      problems: [{ file: '../src/deeper.ts', line: 2, column: 14 }],
    });
  });

  it('of a top-level await says what to do', async () => {
    write('src/waits.ts', 'export const x = await Promise.resolve(1);');
    const outcome = await notebook.run("import { x } from '../src/waits'; x");
    expect(String((outcome as { error: Error }).error)).toMatch(
      /waits\.ts has a top-level await.*export an async function/,
    );
  });

  it('of JSON names the file', async () => {
    write('src/bad.json', '{"a": }');
    const outcome = await notebook.run("const bad = require('../src/bad.json')");
    expect(String((outcome as { error: Error }).error)).toMatch(/SyntaxError: .*src\/bad\.json: /);
  });
});

describe('packages', () => {
  function install(name: string, files: Record<string, string>, fields: object): void {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', ...fields }));
    for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
  }

  it.each([
    ['import { v } from "only"; v'],
    ['(await import("only")).v'],
    ['import { v } from "only/part"; v'],
    ['import { v } from "only/deep/any"; v'],
    ['import v from "only/default"; v'],
    ['import { v } from "./uses-only"; v'],
  ])('with the condition import only: %s', async (cell) => {
    const types = 'export declare const v: number; export default v;';
    const module = 'export const v = 1; export default v;';
    install(
      'only',
      { 'i.js': module, 'i.d.ts': types, 'lib/any.js': module, 'lib/any.d.ts': types },
      {
        type: 'module',
        exports: {
          '.': { types: './i.d.ts', import: './i.js' },
          './part': [{ types: './i.d.ts', import: { node: './i.js' } }],
          './deep/*': { types: './lib/*.d.ts', import: './lib/*.js' },
          './default': { types: './i.d.ts', import: './i.js' },
        },
      },
    );
    write('notebooks/uses-only.ts', 'export { v } from "only";');
    expect(await notebook.value(cell)).toBe(1);
  });

  it('that wait at their top level', async () => {
    install(
      'waits',
      { 'i.js': 'export const v = await Promise.resolve(1);', 'i.d.ts': 'export declare const v: number;' },
      {
        type: 'module',
        exports: { types: './i.d.ts', import: './i.js' },
      },
    );
    expect(await notebook.value('import { v } from "waits"; v')).toBe(1);
    expect(await notebook.value('(await import("waits")).v')).toBe(1);
  });

  it('are there once they are installed', async () => {
    expect(await notebook.run('import { v } from "added"; v')).toHaveProperty('problems');
    install(
      'added',
      { 'i.js': 'exports.v = 1;', 'i.d.ts': 'export declare const v: number;' },
      { main: 'i.js', types: 'i.d.ts' },
    );
    expect(await notebook.value('import { v } from "added"; v')).toBe(1);
  });
});
