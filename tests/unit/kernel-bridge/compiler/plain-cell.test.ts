import { describe, expect, it } from 'vitest';
import { plainToCommonJs } from '../../../../kernel-bridge/src/compiler/plain-cell';

const END = '\nexport {};\n';

describe('plainToCommonJs', () => {
  it('moves nothing', () => {
    const code = `console.log(1);\nexport const tsLastExpr = 1 + 1;${END}`;
    const { code: plain, sourceMap } = plainToCommonJs(code, 1)!;
    expect(plain).toBe('console.log(1);\nexports.tsLastExpr =      1 + 1;\n');
    expect(sourceMap).toBeNull();
    expect(plain.indexOf('1 + 1')).toBe(code.indexOf('1 + 1'));
  });

  it('takes a cell without a value', () => {
    expect(plainToCommonJs(`for (const x of [1]) {}${END}`, 0)?.code).toBe('for (const x of [1]) {}\n');
    expect(plainToCommonJs('export {};\n', 0)?.code).toBe('');
  });

  it('takes the name that tslab gives where a variable has the usual one', () => {
    expect(plainToCommonJs(`export const tsLastExpr0 = 2;${END}`, 1)?.code).toBe('exports.tsLastExpr0 =      2;\n');
  });

  it.each(["await import('fs')", 'import.meta.url', '"import"'])('leaves %s to the compiler', (expression) => {
    expect(plainToCommonJs(`export const tsLastExpr = ${expression};${END}`, 1)).toBeNull();
  });

  it('leaves a template that looks like a statement to the compiler', () => {
    const template = '`\nexport const tsLastExpr = 1`';
    expect(plainToCommonJs(`export const tsLastExpr = ${template};${END}`, 1)).toBeNull();
    expect(plainToCommonJs(`if (true) ${template};${END}`, 0)).toBeNull();
  });
});
