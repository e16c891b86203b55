import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type ColumnType, type CsvOptions, Dataset } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
type Row = { x: unknown };
const source = (fields: readonly string[], options?: CsvOptions): Dataset<Row> =>
  Dataset.fromCsv<Row>(file('data.csv', `x;y\n${fields.map((field) => `${field};1\n`).join('')}`), {
    delimiter: ';',
    ...options,
  });
const column = async (fields: readonly string[], options?: CsvOptions): Promise<unknown[]> =>
  (await source(fields, options).toArray()).map(({ x }) => x);
const typed = (field: string, x: ColumnType): Promise<unknown[]> => column([field], { types: { x } });

describe('a column without a given type', () => {
  it.each([
    ['0', 0],
    ['-1.50', -1.5],
    ['.097', 0.097],
    ['-.5', -0.5],
    ['5.', 5],
    ['+5', 5],
    ['1e5', 100000],
    ['1E-3', 0.001],
    [' 5 ', 5],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.10000000000000000555', 0.1],
    ['0.000', 0],
    ['9007199254740991', 9007199254740991],
    ['1e300', 1e300],
  ])('has numbers where each is exact: %s', async (field, value) => {
    expect(await column(['1', field, ''])).toEqual([1, value, null]);
  });

  it.each([
    '007',
    '-01',
    '1_000',
    '1,000',
    '1.234.567',
    '0x10',
    '9007199254740992',
    '9007199254740993',
    '-9999999999999999',
    '9007199254740993.0',
    '0.1234567890123456789',
    '1e400',
    '1e-400',
    '+4915112345678',
    'true',
    'NA',
    '12 kg',
    '١',
  ])('is of texts where one field is none: %s', async (field) => {
    expect(await column(['1', field, ''])).toEqual(['1', field, null]);
  });

  it('has NaN and infinities as numbers, also where there is nothing else', async () => {
    const fields = ['NaN', 'nan', 'Infinity', '-inf'];
    expect(await column(['1', ...fields])).toEqual([1, NaN, NaN, Infinity, -Infinity]);
    expect(await column(fields)).toEqual([NaN, NaN, Infinity, -Infinity]);
    expect(await column(['nan', 'Bob'])).toEqual(['nan', 'Bob']);
  });

  it.each(['NaN', 'inf', ''])('has numbers behind a whole sample of nothing but %j', async (field) => {
    const sample = Array<string>(11_000).fill(field);
    expect((await column([...sample, '5', '6'])).slice(-2)).toEqual([5, 6]);
    await expect(column([...sample, '5', 'x'])).rejects.toThrow(
      'column "x" in line 11003 is "x", which is not a number, unlike all before it',
    );
  });

  it.each(['\u00a0', '\u2007', '\u202f', '\u3000', '\ufeff', '\u2028', '\v'])(
    'is of texts, unchanged, where %j stands beside a number: only spaces and tabs do not count',
    async (space) => {
      expect(await column(['1', `${space}2`, ` 3${space} `])).toEqual(['1', `${space}2`, ` 3${space} `]);
      expect(await column([' 2\t', ` 3${space} `], { trim: true, types: 'text' })).toEqual(['2', `3${space}`]);
    },
  );

  it.each([
    [
      '9007199254740993',
      `which a number cannot hold exactly; give its type: types: { "x": 'bigint' }, or 'text', or 'float' for the nearest number`,
    ],
    ['100000000000000000000', `types: { "x": 'bigint' }, or 'text', or 'float' for the nearest number`],
    [
      '0.1234567890123456789',
      `which a number cannot hold exactly; give its type: types: { "x": 'text' }, or 'float' for the nearest number`,
    ],
    ['1e999', `which is too great or too small for a number; give its type: types: { "x": 'text' }`],
    [
      '007',
      `which is not written as numbers are, unlike all before it; give its type: types: { "x": 'text' }, or 'number'`,
    ],
    [
      '\u00a07',
      `which is not a number, unlike all before it; give its type: types: { "x": 'text' }; it has the character U+00A0`,
    ],
  ])('names every way to read %j where it comes late', async (field, message) => {
    await expect(column([...Array<string>(11_000).fill('1'), field])).rejects.toThrow(message);
  });

  it('has numbers of another style', async () => {
    const german = { decimal: ',', thousands: '.' };
    expect(await column(['1.234,5', '-2,25', '1.000.000', '7'], german)).toEqual([1234.5, -2.25, 1000000, 7]);
    expect(await column(['1,234', '1,234,567.5'], { thousands: ',' })).toEqual([1234, 1234567.5]);
    expect(await column(['1.5', '2,5'], { decimal: ',' })).toEqual(['1.5', '2,5']);
    expect(await column(['1.23', '4'], german)).toEqual(['1.23', '4']);
  });

  it('keeps its type: a later field that is not a number is an error with its position', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => String(i));
    const seen: unknown[] = [];
    const run = source([...rows, 'A1']).forEach(({ x }) => void seen.push(x));
    await expect(run).rejects.toThrow(
      /item 12000: .*data\.csv: column "x" in line 12002 is "A1", which is not a number, unlike all before it; give its type: types: \{ "x": 'text' \}/,
    );
    expect(seen).toEqual(rows.map(Number));
    expect((await column([...rows, 'A1'], { types: { x: 'text' } })).slice(-2)).toEqual(['11999', 'A1']);
  });

  it('has the type of its first value, where this comes late', async () => {
    const empty = Array<string>(11_000).fill('');
    expect((await column([...empty, '5', '6'])).slice(-3)).toEqual([null, 5, 6]);
    expect((await column([...empty, 'a', '6'])).slice(-3)).toEqual([null, 'a', '6']);
  });

  it('is of texts on request', async () => {
    expect(await column(['1', ' 2', ''], { types: 'text' })).toEqual(['1', ' 2', null]);
  });
});

describe('a column of a given type', () => {
  it.each([
    ['number', '007', 7],
    ['number', '+1.50', 1.5],
    ['number', '0.1234567890123456789', 0.1234567890123456789],
    ['number', 'nan', NaN],
    ['number', '1e23', 1e23],
    ['bigint', '9007199254740993', 9007199254740993n],
    ['bigint', '-1', -1n],
    ['bigint', '+12.0', 12n],
    ['bigint', '1e20', 100000000000000000000n],
    ['bigint', '-1.25E2', -125n],
    ['float', '9007199254740993', 9007199254740992],
    ['float', '100000000000000000001', 1e20],
    ['float', '-.5', -0.5],
    ['float', '-inf', -Infinity],
    ['text', '1', '1'],
    ['boolean', 'TRUE', true],
    ['boolean', '0', false],
    ['boolean', '', null],
  ] as const)('%s reads %j', async (type, field, value) => {
    expect(await typed(field, type)).toEqual([value]);
  });

  it.each([
    ['number', 'x', 'which is not a number'],
    ['number', '0x10', 'which is not a number'],
    ['number', '1_000', 'which is not a number'],
    [
      'number',
      '9007199254740993',
      "which a number cannot hold exactly; its type may be 'bigint', or 'text', or 'float' for the nearest number",
    ],
    ['number', '1e999', "which is too great or too small for a number; its type may be 'text'"],
    ['number', '9007199254740993.0', 'which a number cannot hold exactly'],
    ['number', '123456789012345678.9', "which a number cannot hold exactly; its type may be 'text', or 'float'"],
    ['number', '\u00a05', 'which is not a number; it has the character U+00A0'],
    ['float', 'x', 'which is not a number'],
    ['float', '1e-400', 'which is too great or too small for a number'],
    ['bigint', '1.5', "which is not a whole number; its type may be 'number', or 'text'"],
    ['bigint', '1.25e1', "which is not a whole number; its type may be 'number', or 'text'"],
    ['bigint', '1e99999999', 'which is not a whole number'],
    ['bigint', 'x', 'which is not a whole number'],
    ['boolean', 'constructor', 'which is no boolean'],
    ['boolean', '__proto__', 'which is no boolean'],
    ['boolean', 'yes', 'which is no boolean'],
    ['date', 'x', 'which is no date'],
  ] as const)('%s refuses %j', async (type, field, message) => {
    await expect(typed(field, type)).rejects.toThrow(`data.csv: column "x" in line 2 is "${field}", ${message}`);
  });

  it('names the way to have null for what stands for nothing', async () => {
    const message = 'is "N/A", which is not a number; if it stands for nothing, pass nullValues: ["N/A"]';
    await expect(typed('N/A', 'number')).rejects.toThrow(message);
    expect(await column(['N/A', '1'], { types: { x: 'number' }, nullValues: ['N/A'] })).toEqual([null, 1]);
  });

  it('shows no more of a value than a person needs', async () => {
    const error = (await typed('x'.repeat(1000), 'number').catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain(`is "${'x'.repeat(39)}…", which`);
    expect(error.message).not.toContain('x'.repeat(40));
  });
});

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['20240229', '2024-02-29T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-03', '2024-03-01T00:00:00.000Z'],
    ['0099-03-01', '0099-03-01T00:00:00.000Z'],
    ['2024-01-01 10:20', '2024-01-01T10:20:00.000Z'],
    ['2024-01-01T10:20:30.5', '2024-01-01T10:20:30.500Z'],
    ['2024-01-01T10:20:30,25Z', '2024-01-01T10:20:30.250Z'],
    ['2024-01-01T10:20:30.123000', '2024-01-01T10:20:30.123Z'],
    ['2024-01-01T10:20:30+02:00', '2024-01-01T08:20:30.000Z'],
    ['20240101T102030-0530', '2024-01-01T15:50:30.000Z'],
    ['2024-01-01T24:00', '2024-01-02T00:00:00.000Z'],
  ])('of ISO 8601 are read, in UTC unless they say where: %s', async (field, iso) => {
    expect(await typed(field, 'date')).toEqual([new Date(iso)]);
  });

  it.each(['5', 'room 12', '2024-1-1', '1/2/2024', 'Jan 5, 2024', '1700000000', '2024-W05-1'])(
    'that are none are errors: %s',
    async (field) => {
      await expect(typed(field, 'date')).rejects.toThrow(`is "${field}", which is no date of ISO 8601`);
    },
  );

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-01-01T25:00',
    '2024-01-01T24:01',
    '2024-01-01T10:60',
    '2024-01-01T10:00:60',
    '2024-01-01T10:00+25:00',
  ])('that no calendar or clock has are errors: %s', async (field) => {
    await expect(typed(field, 'date')).rejects.toThrow(
      `is "${field}", which is no date of the calendar, or not a time of`,
    );
  });

  it('are not cut silently', async () => {
    const field = '2024-01-01T10:00:00.123456';
    await expect(typed(field, 'date')).rejects.toThrow('which is finer than the milliseconds of a Date');
    expect(await typed(field, { type: 'date', truncate: true })).toEqual([new Date('2024-01-01T10:00:00.123Z')]);
  });

  it.each([
    ['31.01.2024 13:05', '%d.%m.%Y %H:%M', '2024-01-31T13:05:00.000Z'],
    ['3/9/24', '%m/%d/%y', '2024-03-09T00:00:00.000Z'],
    ['Mar 3, 2024 12:05 AM', '%b %d, %Y %I:%M %p', '2024-03-03T00:05:00.000Z'],
    ['3 December 1999 1:02:03.5 pm', '%d %B %Y %I:%M:%S.%f %p', '1999-12-03T13:02:03.500Z'],
    ['2024-01-01 10:00:00 +0100', '%Y-%m-%d %H:%M:%S %z', '2024-01-01T09:00:00.000Z'],
    ['100% 2024 (x)', '100%% %Y (x)', '2024-01-01T00:00:00.000Z'],
  ])('of a format are read: %s', async (field, format, iso) => {
    expect(await typed(field, { type: 'date', format })).toEqual([new Date(iso)]);
  });

  it.each([
    ['2024-01-31', '%d.%m.%Y'],
    ['1.2.2024 ', '%d.%m.%Y x'],
  ])('of another format are errors: %s', async (field, format) => {
    await expect(typed(field, { type: 'date', format })).rejects.toThrow(`which is no date of the format ${format}`);
  });

  it.each([
    ['31.02.2024', '%d.%m.%Y', 'which is no date of the calendar'],
    ['Foo 3, 2024', '%b %d, %Y', 'which is no date of the calendar'],
    ['13:05 PM', '%I:%M %p', 'which is no date of the calendar, or not a time of day'],
    ['31.01.2024 10:00:00.1234567', '%d.%m.%Y %H:%M:%S.%f', 'which is finer than the milliseconds of a Date'],
    ['31.03.2024 02:30', '%d.%m.%Y %H:%M', 'which the clocks of Europe/Berlin skipped'],
    ['27.10.2024 02:30', '%d.%m.%Y %H:%M', 'which the clocks of Europe/Berlin showed twice'],
  ])('of a format are errors that say what is wrong with them: %s', async (field, format, message) => {
    const error = typed(field, { type: 'date', format, timeZone: 'Europe/Berlin' });
    await expect(error).rejects.toThrow(`is "${field}", ${message}`);
  });

  it('are where a time zone says', async () => {
    const berlin = { type: 'date', timeZone: 'Europe/Berlin' } as const;
    expect(await typed('2024-01-31 13:05', berlin)).toEqual([new Date('2024-01-31T12:05Z')]);
    expect(await typed('2024-07-31 13:05', berlin)).toEqual([new Date('2024-07-31T11:05Z')]);
    expect(await typed('2024-07-31 13:05Z', berlin)).toEqual([new Date('2024-07-31T13:05Z')]);
    expect(await typed('2024-01-31 13:05', { type: 'date', timeZone: '-05:30' })).toEqual([
      new Date('2024-01-31T18:35Z'),
    ]);
    const skipped = typed('2024-03-31 02:30', berlin);
    await expect(skipped).rejects.toThrow(/which the clocks of Europe\/Berlin skipped, .* with their offset from UTC/);
    const twice = typed('2024-10-27 02:30', berlin);
    await expect(twice).rejects.toThrow(
      /which the clocks of Europe\/Berlin showed twice, .* read the column as 'text'/,
    );
  });

  it('are the same in all time zones of the machine', () => {
    const path = file('naive.csv', 'x\n2024-01-01\n2024-07-01 00:00\n');
    const script = `import { Dataset } from ${JSON.stringify(inRoot('lib', 'dist', 'index.js'))};
      const rows = await Dataset.fromCsv(process.argv.at(-1), { types: { x: 'date' } }).toArray();
      console.log(rows.map(({ x }) => x.toISOString()).join(' '));`;
    const run = (TZ: string): string =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, path], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }).trim();
    for (const zone of ['America/New_York', 'Asia/Tokyo'])
      expect(run(zone)).toBe('2024-01-01T00:00:00.000Z 2024-07-01T00:00:00.000Z');
  });
});
