import ts from '@tslab/typescript-for-tslab';
import { createConverter } from 'tslab/dist/converter';
import { afterAll, describe, expect, it } from 'vitest';
import { Declarations } from '../../../../kernel-bridge/src/compiler/declarations';

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
