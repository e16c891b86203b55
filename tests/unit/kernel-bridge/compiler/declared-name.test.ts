import { describe, expect, it } from 'vitest';
import { declaredName } from '../../../../kernel-bridge/src/compiler/declared-name';
import ts from 'typescript';

/** The variable of the call whose name stands behind `«`. */
function nameIn(marked: string): string | undefined {
  const at = marked.indexOf('«');
  const before = marked.slice(0, at).split('\n');
  const file = ts.createSourceFile('cell.ts', marked.replace('«', ''), ts.ScriptTarget.Latest, true);
  return declaredName(file, before.length, before.at(-1)!.length + 1);
}

describe('the variable that is declared with a call', () => {
  it.each([
    ['const clean = rows.«filter((row) => row.ok);', 'clean'],
    ['let x = 1;\nlet clean = rows\n  .map((row) => row)\n  .«filter(Boolean);', 'clean'],
    ['const all = (await Dataset.«fromCsv("a.csv")) as Dataset<Row>;', 'all'],
    ['function prepare(rows) { const inner = rows.«shuffle(); return inner; }', 'inner'],
  ])('%s', (source, name) => {
    expect(nameIn(source)).toBe(name);
  });

  it.each([
    'const clean = rows.«filter((row) => row.ok).map((row) => row);',
    'const { train } = rows.«split({ train: 1 });',
    'const total = sum(rows.«filter(Boolean));',
    'rows = rows.«filter(Boolean);',
    'const clean = rows.«length;',
    'await rows.«count();',
    '',
  ])('is none in %s', (source) => {
    expect(nameIn(source)).toBeUndefined();
  });
});
