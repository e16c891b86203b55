import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../../../lib/dist/sources/csv/csv-parser.js';
import type { CsvSyntax } from '../../../../lib/dist/sources/csv/csv-syntax.js';
import { exactNumber } from '../../../../lib/dist/sources/text/exact-number.js';

const SYNTAX: CsvSyntax = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: null,
  trim: false,
  relaxQuotes: false,
  skipBlankLines: true,
  skipLines: 0,
};

/** The rows, and the error at the end of them, if any. */
function parse(pieces: readonly string[], syntax: CsvSyntax): unknown {
  const parser = new CsvParser(syntax);
  const [rows, lines]: [string[][], number[]] = [[], []];
  const take = (found: { rows: string[][]; lines: number[] }): void => {
    rows.push(...found.rows);
    lines.push(...found.lines);
  };
  try {
    for (const piece of pieces) take(parser.parse(piece));
    take(parser.end());
    return { rows, lines };
  } catch (error) {
    // The parser may have loaded another copy of the class.
    expect((error as Error).constructor.name).toBe('CsvSyntaxError');
    take(parser.take());
    return { rows, lines, error: (error as Error).message };
  }
}

function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set([0, ...places.map((place) => place % (text.length + 1)), text.length])].sort((a, b) => a - b);
  return at.map((from, i) => text.slice(from, at[i + 1]));
}

const syntax = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '||', '::;'),
    quote: fc.constantFrom('"', "'"),
    comment: fc.constantFrom(null, '#', '//'),
    trim: fc.boolean(),
    relaxQuotes: fc.boolean(),
    skipBlankLines: fc.boolean(),
    skipLines: fc.constantFrom(0, 0, 1, 2),
    backslash: fc.boolean(),
  })
  .map(({ backslash, ...rest }): CsvSyntax => ({ ...rest, escape: backslash ? '\\' : rest.quote }));

const noise = fc
  .array(
    fc.constantFrom(
      'a',
      '1',
      ' ',
      ',',
      ';',
      '|',
      '||',
      ':',
      '::;',
      '"',
      '""',
      "'",
      '\\',
      '#',
      '//',
      '\n',
      '\r',
      '\r\n',
      '\t',
      'ü',
    ),
  )
  .map((parts) => parts.join(''));
const places = fc.array(fc.nat(100), { maxLength: 8 });

describe('a CSV parser', () => {
  it('gives what the whole text has, however it is cut', () => {
    fc.assert(
      fc.property(noise, places, syntax, (text, cuts, given) => {
        expect(parse(cut(text, cuts), given)).toEqual(parse([text], given));
      }),
      { numRuns: 5000 },
    );
  });

  it('reads back every table that is written by the rules', () => {
    const field = fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 5 }));
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        table,
        places,
        fc.constantFrom(',', ';', '\t', '||'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (rows, cuts, delimiter, lineEnd, hasLast) => {
          const quoted = (text: string): string =>
            /^"|[\r\n]/.test(text) || text.includes(delimiter[0]!) ? `"${text.replaceAll('"', '""')}"` : text;
          const text = rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd) + (hasLast ? lineEnd : '');
          expect(parse(cut(text, cuts), { ...SYNTAX, delimiter })).toMatchObject({ rows });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps the lines of its rows right', () => {
    expect(parse(['\na,"b\r\nc\rd"\r\n#x\n\ne,f\r', 'g,h'], { ...SYNTAX, comment: '#' })).toEqual({
      rows: [
        ['a', 'b\r\nc\rd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
      lines: [2, 7, 8],
    });
  });
});

describe('an exact number', () => {
  it('is each number that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true }), (value) => {
        const isTooLong = Number.isInteger(value) && !Number.isSafeInteger(value) && !String(value).includes('e');
        expect(exactNumber(String(value))).toBe(isTooLong ? undefined : value === 0 ? 0 : value);
      }),
      { numRuns: 5000 },
    );
  });

  it('is each decimal that a float survives, and none that differs in a digit beyond', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 17 }),
        (value, digits) => {
          const text = value.toExponential(digits - 1);
          if (Number(text) === value) expect(exactNumber(text)).toBe(value === 0 ? 0 : value);
          const long = value.toExponential(24);
          const other = long.replace(/\d(?=e)/, (digit) => (digit === '9' ? '1' : String(Number(digit) + 1)));
          if (value !== 0) expect(exactNumber(other)).toBeUndefined();
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('excludes integers that other integers round to', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const read = exactNumber(String(value));
        if (read !== undefined) expect(BigInt(read)).toBe(value);
        expect(read === undefined).toBe(value > 2n ** 53n - 1n || value < 1n - 2n ** 53n);
      }),
    );
  });
});
