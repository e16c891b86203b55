import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableCode, withoutComments } from 'stemma-document';

describe('code as it is compared', () => {
  it.each([
    ['(n) => n + 1', '(n) => /* one */ n + 1'],
    ['(n) => n + 1', '(n) => n + 1 // one'],
    ['(n) => {\n  return n;\n}', '(n) => {\n  // the number\n  return n; // as it is\n}'],
    ['(n) => {\n  return n;\n}', '(n) => {\r\n  /* a\r\n b */\r\n  return n;\r\n}'],
    ['(r) => ({ n: r })', '(r) => (// hm\n{ n: r })'],
    ['(r) => ({ n: r })', '(r) => // hm\n  ({ n: r })'],
    ['f((a), [b])', 'f( // first\n  (a), // second\n  [b] // third\n)'],
    ['f(a, b)', 'f(a /* first */, b /* second */)'],
    ['a / b / c', 'a / b /* x */ / c'],
    ['[/[/*]/, 1]', '[/[/*]/ /* pattern */, 1]'],
    ['`${a /* no */}//`', '`${a}//`'],
    ['(n: number): Row => ({ n })', '(n: number /* whole */): Row => ({ n })'],
  ])('is the same: %s', (code, commented) => {
    expect(comparableCode(commented)).toBe(comparableCode(code));
  });

  it.each([
    ['(n) => n + 1', '(n) => n + 2'],
    ["'a // b'", "'a // c'"],
    ['`a /* b */ c`', '`a /* d */ c`'],
    ['`${`// ${a}`} /* 1 */`', '`${`// ${b}`} /* 1 */`'],
    ['/\\/\\/a/.test(s)', '/\\/\\/b/.test(s)'],
    ['return /[/]*a/', 'return /[/]*b/'],
    ['"a  b"', '"a b"'],
    ['a\nb', 'a b'],
    ['return // one\na', 'return a'],
    ['a = {} // one\n(b)', 'a = {}(b)'],
    ['a + +b', 'a ++b'],
    ['if (s) /\\/\\/a/.test(s)', 'if (s) /\\/\\/b/.test(s)'],
    ['a() / b // c', 'a() / d // c'],
    ['x = {} / 1 // /', 'x = {} / 2 // /'],
  ])('is not: %s and %s', (code, other) => {
    expect(comparableCode(other)).not.toBe(comparableCode(code));
  });

  it('does not change when it is made comparable again', () => {
    const part = fc.constantFrom(
      'a',
      'return',
      ' ',
      '\n',
      '/',
      '*',
      '/*',
      '*/',
      '//',
      '"',
      "'",
      '`',
      '${',
      '{',
      '}',
      ')',
      '(',
      '+',
      '\\',
      '1',
      '=>',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const code = comparableCode(parts.join(''));
        expect(comparableCode(code)).toBe(code);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps its spaces where only comments are taken out', () => {
    expect(withoutComments('(n) => /* one */ n  +  1 // more')).toBe('(n) =>  n  +  1 ');
    expect(withoutComments("'unfinished")).toBe("'unfinished");
  });
});
