import ts from 'typescript';
import { beforeEach, describe, expect, it } from 'vitest';
import { SourceMaps } from '../../../../kernel-bridge/src/compiler/source-maps';

const SOURCE =
  'interface Row {\n  n: number;\n}\nconst half = (row: Row): number => row.n / 2;\nthrow new Error(String(half));\n';
const START = '(function () { return (function () { ';

let maps: SourceMaps;
let code: string;

/** As a cell is run: compiled, in a wrapper. */
function add(fileName: string): void {
  const { outputText, sourceMapText: map = '' } = ts.transpileModule(SOURCE, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true },
  });
  code = `${START}${outputText.replace(/\/\/# sourceMappingURL.*/, '')}\n})(); })()`;
  const wrapper = { length: START.length, callLine: code.split('\n').length };
  maps.add(fileName, { source: SOURCE, code, map, wrapper });
}

/** Line and column, from 1, of a text in what runs. */
function placeOf(text: string): [line: number, column: number] {
  const before = code.slice(0, code.indexOf(text)).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

beforeEach(() => {
  maps = new SourceMaps();
  add('cell-3.ts');
});

describe('a position in what runs', () => {
  it('is that in what the user wrote', () => {
    expect(maps.original('cell-3.ts', ...placeOf('new Error'))).toEqual({ line: 5, column: 7 });
    expect(maps.original('cell-9.ts', 1, 1)).toBeNull();
  });

  it('is translated in a line of a stack, also of a file', () => {
    add('/a folder/file.ts');
    const [line, column] = placeOf('new Error');
    const frame = (file: string) => maps.translate(`at fails (${file}:${line}:${column})`, file, line, column);
    expect(frame('cell-3.ts')).toBe('at fails (cell-3.ts:5:7)');
    expect(frame('/a folder/file.ts')).toBe('at fails (/a folder/file.ts:5:7)');
    expect(frame('other.ts')).toBe(`at fails (other.ts:${line}:${column})`);
  });

  it('of the call of the wrapper is known as such', () => {
    expect(maps.isWrapperCall('cell-3.ts', code.split('\n').length)).toBe(true);
    expect(maps.isWrapperCall('cell-3.ts', 1)).toBe(false);
  });

  it('of a function is found by its code', () => {
    expect(maps.find('(row) => row.n / 2')).toEqual({ source: SOURCE, line: 4, column: 14 });
    expect(maps.find('(row) => row.m')).toBeNull();
    // The beginning of another one.
    expect(maps.find('(row) => row.n')).toBeNull();
  });
});
