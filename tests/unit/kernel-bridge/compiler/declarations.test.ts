import ts from '@tslab/typescript-for-tslab';
import { createConverter } from 'tslab/dist/converter';
import { afterAll, describe, expect, it } from 'vitest';
import { Declarations } from 'stemma-kernel/dist/compiler/declarations.js';

/** Declarations of which a cell that fails has left these values. */
function afterFailure(declared: string, values: Record<string, unknown>): string {
  let known = '';
  const declarations = new Declarations(ts, () => values);
  const converter = declarations.serve({
    convert: (previous: string) => {
      known = previous;
      return { diagnostics: [], declOutput: declared };
    },
    complete: () => ({ start: 0, end: 0, candidates: [] }),
    inspect: () => null,
    addModule: () => [],
    close: () => undefined,
  } as unknown as Parameters<Declarations['serve']>[0]);
  converter.convert('', 'the cell that fails');
  declarations.settle(false);
  converter.convert('', 'the next cell');
  return known.replaceAll('\n', ' ');
}

describe('of a cell that failed', () => {
  it('variables, classes and functions that got a value stay', () => {
    const declared =
      'declare const a: number, b: number; declare class C {} declare class D {} declare function f(): void;';
    expect(afterFailure(declared, { a: 1, C: class {}, f: () => 0 })).toBe(
      'declare const a: number; declare class C { } declare function f(): void;',
    );
  });

  it('types and imports stay, which have no value of their own', () => {
    const declared = 'import { sep } from "node:path"; interface I { a: number; } type T = I;';
    expect(afterFailure(declared, {}).replaceAll(/ +/g, ' ')).toBe(declared);
  });

  it('a variable without a value is forgotten', () => {
    expect(afterFailure('declare let a: number;', { a: undefined })).toBe('');
  });
});

const values: Record<string, unknown> = {};
const declarations = new Declarations(ts, () => values);
const converter = declarations.serve(createConverter({ isJS: false, isBrowser: false }));
afterAll(() => converter.close());

function cell(source: string, isComplete: boolean): string[] {
  const { diagnostics } = converter.convert('', source);
  declarations.settle(isComplete);
  return diagnostics.map(({ messageText }) => messageText);
}

describe('Declarations', () => {
  it('knows of a cell that failed what got its value, and of earlier cells all', () => {
    expect(cell('let maybe: number | undefined; function f() {}', true)).toEqual([]);
    values['early'] = 1;
    expect(cell("const early = 1; throw new Error('x'); const late = 2;", false)).toEqual([]);
    expect(cell('[early, maybe, f]', true)).toEqual([]);
    expect(cell('late', true)).toEqual(["Cannot find name 'late'."]);
  });
});
