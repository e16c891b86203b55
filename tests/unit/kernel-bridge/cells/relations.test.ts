import { afterAll, expect, it } from 'vitest';
import { TestNotebook } from './support';

const notebook = new TestNotebook();
afterAll(() => notebook.close());

const before =
  'interface Row { n: number }; const config = { by: 1, deep: { list: [1] } }; let count = 0; const f = (x: unknown) => x;';

const nothing = { refers: [], changes: [], declares: [], hasEffects: false };

it.each([
  ['const rows: Row[] = [{ n: count }];', { declares: ['rows'], refers: ['Row', 'count'] }],
  ['type Rows = Row[];', { declares: ['Rows'], refers: ['Row'] }],
  ['config.by;', { refers: ['config'] }],
  ['config.by = 2;', { refers: ['config'], changes: ['config'] }],
  ['(config as any).deep.list[0]++;', { refers: ['config'], changes: ['config'] }],
  ['delete (config as any).by;', { refers: ['config'], changes: ['config'] }],
  ['config.deep.list.push(count);', { refers: ['config', 'count'], changes: ['config', 'count'] }],
  ['await f(config);', { refers: ['config', 'f'], changes: ['config', 'f'] }],
  ['const got = f(config);', { declares: ['got'], refers: ['config', 'f'] }],
  ['const add = () => { count += 1; };', { declares: ['add'], refers: ['count'], changes: ['count'] }],
  ['const copy = (config: { by: number }) => config.by;', { declares: ['copy'] }],
  ['const short = { count };', { declares: ['short'], refers: ['count'] }],
  ["import 'node:fs';", { hasEffects: true }],
  ["import * as fs from 'node:fs'; const { existsSync } = fs;", { declares: ['existsSync', 'fs'] }],
  ['(globalThis as any).extra = 1;', { hasEffects: true }],
  ["process.env['STEMMA_TEST'] = '1';", { hasEffects: true }],
  ['const pid = process.pid;', { declares: ['pid'] }],
])('says what a cell has to do with others: %s', async (source, relations) => {
  await notebook.value(before, source);
  expect(notebook.notebook.relations).toEqual({ ...nothing, ...relations });
});
