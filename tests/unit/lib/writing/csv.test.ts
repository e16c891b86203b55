import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, type ToCsvOptions } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'data.csv');

async function written(items: unknown[], options?: ToCsvOptions<never>): Promise<string> {
  await Dataset.fromArray(items as never[]).toCsv(file, options);
  return readFileSync(file, 'utf8');
}

describe('toCsv', () => {
  it.each([
    [
      'numbers with every digit',
      [{ a: 0.1, b: -0, c: 2 ** 53, d: 1e300 }],
      'a,b,c,d\n0.1,-0,9007199254740992.0,1e+300\n',
    ],
    ['NaN and infinities as Python does', [{ a: NaN, b: Infinity, c: -Infinity }], 'a,b,c\nNaN,inf,-inf\n'],
    [
      'bigints, booleans and dates',
      [{ a: 2n ** 64n, b: true, c: new Date(0) }],
      'a,b,c\n18446744073709551616,true,1970-01-01T00:00:00.000Z\n',
    ],
    [
      'quotes around what needs them',
      [{ a: 'x,y', b: '"', c: 'two\nlines', d: 'é 😀' }],
      'a,b,c,d\n"x,y","""","two\nlines",é 😀\n',
    ],
    [
      'nothing for what is missing',
      [{ a: 1, b: null }, { b: undefined }, { a: undefined, b: '' }],
      'a,b\n1,\n,\n,""\n',
    ],
    ['quotes where a line would be empty', [{ a: null }, { a: 1 }], 'a\n""\n1\n'],
    ['names that need quotes', [{ 'a,b': 1, 'c"d': 2 }], '"a,b","c""d"\n1,2\n'],
    [
      'fields in the order of the first record',
      [
        { a: 1, b: 2 },
        { b: 3, a: 4 },
      ],
      'a,b\n1,2\n4,3\n',
    ],
  ])('writes %s', async (_, items, text) => {
    expect(await written(items)).toBe(text);
  });

  it('writes the columns that are given, in their order, also without rows', async () => {
    expect(await written([{ a: 1, b: 2 }, { c: 3 }], { columns: ['c', 'a'] as never })).toBe('c,a\n,1\n3,\n');
    expect(await written([], { columns: ['c', 'a'] as never })).toBe('c,a\n');
    expect(await written([])).toBe('');
  });

  it('refuses a column that no record has', async () => {
    const message = 'no record has the field "zz" of columns: the first one has "a", "b"; correct the name';
    await expect(written([{ a: 1, b: 2 }, { a: 2 }], { columns: ['a', 'zz'] as never })).rejects.toThrow(message);
    expect(await written([{ a: 1 }, { zz: null }], { columns: ['a', 'zz'] as never })).toBe('a,zz\n1,\n,\n');
  });

  it('puts the delimiter between fields that is given, or a tab in a .tsv', async () => {
    expect(await written([{ a: 'x;y', b: 'x,y' }], { delimiter: ';' })).toBe('a;b\n"x;y";x,y\n');
    const tsv = join(folder, 'data.tsv');
    await Dataset.fromArray([{ a: '1\t2', b: 3 }]).toCsv(tsv);
    expect(readFileSync(tsv, 'utf8')).toBe('a\tb\n"1\t2"\t3\n');
    expect(await Dataset.fromCsv(tsv).toArray()).toEqual([{ a: '1\t2', b: 3 }]);
  });

  it.each([
    [[{ a: 1 }, { a: 1, b: 2 }], 'at item 1 (fromArray item 1): the field "b" is new: the header was written with the fields of the first record; pass all of them as columns, or only those that are wanted: columns: ["a"]'], // prettier-ignore
    [[1], 'the item is 1, and a row of CSV is a record of fields; map it to one first: .map((value) => ({ value }))'],
    [[[1, 2]], 'the item is a list'],
    [[new Map()], 'the item is a Map'],
    [[{}], 'the first record has no fields'],
    [[{ a: [1] }], 'the field "a" is a list, which CSV cannot hold; map it to a text, as with JSON.stringify'],
    [[{ a: { b: 1 } }], 'the field "a" is a record'],
    [[{ a: new Uint8Array(2) }], 'the field "a" is an Uint8Array'],
    [[{ a: new Date(NaN) }], 'the field "a" is a Date, which CSV cannot hold; it is no date of the calendar'],
    [[{ a: () => 1 }], 'the field "a" is a function'],
    [[{ a: '\ud800' }], 'the field "a" has half a character'],
  ])('refuses %o', async (items, message) => {
    await expect(written(items)).rejects.toThrow(message);
  });

  it('names no more columns in an error than a person reads', async () => {
    const names = (count: number): { [name: string]: number } =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, i]));
    await expect(written([names(100), names(101)])).rejects.toThrow('"c6", "c7", …]');
  });

  it('is read back as it was, with the types of its columns', async () => {
    const row = fc.record({
      text: fc.string({ unit: 'grapheme', minLength: 1 }),
      odd: fc
        .array(fc.constantFrom(',', '"', '\n', '\r', ';', ' ', 'a', '\t', '#'), { minLength: 1 })
        .map((all) => all.join('')),
      number: fc.option(fc.oneof(fc.double(), fc.integer()), { nil: null }),
      big: fc.bigInt(),
      flag: fc.boolean(),
      date: fc.date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      }),
    });
    const types = {
      text: 'text',
      odd: 'text',
      number: 'number',
      big: 'bigint',
      flag: 'boolean',
      date: 'date',
    } as const;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (items) => {
        await Dataset.fromArray(items).toCsv(file);
        expect(await Dataset.fromCsv(file, { types }).toArray()).toEqual(items);
      }),
      { numRuns: 60 },
    );
  });

  it('has numbers that are read back without a word about their type', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: false }), { minLength: 1 }), async (values) => {
        const items = values.map((value) => ({ value }));
        await Dataset.fromArray(items).toCsv(file);
        expect(await Dataset.fromCsv(file).toArray()).toEqual(items);
      }),
      { numRuns: 60 },
    );
  });
});
