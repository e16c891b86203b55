import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnarOptions, Dataset } from 'stemma';
import { bigEndian, decimalOf, timeOf, timestampOf } from '../../../lib/dist/sources/columnar/values.js';
import { temporaryFolder } from '../../support/temporary-folder';

type Row = { [column: string]: unknown };

const folder = temporaryFolder();
/** By tests/fixtures/make-columnar.py. */
const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/columnar', name);

const read = (file: string, options?: ColumnarOptions): Promise<Row[]> =>
  (/\.parquet/.test(file) ? Dataset.fromParquet(file, options) : Dataset.fromArrow(file, options)).toArray();

function damaged(name: string, make: (bytes: Buffer) => Uint8Array): string {
  const file = join(folder, `${Math.random()}-${name}`);
  writeFileSync(file, make(readFileSync(fixture(name))));
  return file;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** What pyarrow wrote: two rows of values, and one of nulls, but for `float16`. */
const COMMON: { [column: string]: [unknown, unknown] } = {
  bytes: [bytes(255, 0, 128), bytes()],
  fixed: [bytes(255, 254), bytes(97, 98)],
  image: [
    { bytes: bytes(0x89, 0x50, 0x4e, 0x47, 255), path: 'a.png' },
    { bytes: null, path: null },
  ],
  bytes_list: [[bytes(255), null], []],
  bytes_map: [{ k: bytes(254) }, {}],
  number_map: [
    new Map([
      [2, 'b'],
      [1, 'a'],
    ]),
    new Map(),
  ],
  structs: [[{ n: 2n ** 60n, d: '1.50' }], []],
  nested: [[[1], [], null], []],
  decimal_small: ['1.10', '-0.05'],
  decimal_medium: ['1234567890123456.78', '-2.05'],
  decimal_large: ['-12345678901234567890123456789.123456789', '0.000000000'],
  int64: [2n ** 53n + 1n, -(2n ** 63n)],
  uint64: [2n ** 64n - 1n, 0n],
  uint32: [2 ** 32 - 1, 0],
  uint8: [255, 0],
  int8: [-128, 0],
  float16: [1.5, -0.25],
  float32: [0.5, NaN],
  bool: [true, false],
  text: ['\ufeffß', ''],
  category: ['x', 'y'],
  date: [new Date('2020-02-29'), new Date('1969-12-31')],
  time_ms: ['01:02:03.004', '00:00:00.000'],
  time_us: ['23:59:59.999999', '00:00:00.000000'],
  stamp_ms: [new Date(1_600_000_000_123), new Date(-1)],
  stamp_us: [new Date(1_600_000_000_123), new Date(-1)],
  all_null: [null, null],
};

const ARROW: typeof COMMON = {
  ...COMMON,
  decimal_huge: [`1${'0'.repeat(60)}`, '-7'],
  large_bytes: COMMON.bytes!,
  large_text: ['a', ''],
  time_ns: ['00:00:00.000000001', '00:00:00.000000000'],
  date_ms: COMMON.date!,
  list_fixed: [
    [1, 2],
    [3, 4],
  ],
  duration: [2n ** 60n, 0n],
};

describe('the values of a columnar file', () => {
  it.each([
    ['types.parquet', COMMON],
    ['types-plain-v2.parquet', COMMON],
    ['types.arrow', ARROW],
    ['types.arrows', ARROW],
  ])('come exactly: %s', async (name, expected) => {
    const [first, second, nulls, ...rest] = await read(fixture(name));
    expect(rest).toEqual([]);
    for (const [column, [a, b]] of Object.entries(expected)) {
      expect([column, first![column]]).toStrictEqual([column, a]);
      expect([column, second![column]]).toStrictEqual([column, b]);
      expect([column, nulls![column]]).toStrictEqual([column, column === 'float16' ? Infinity : null]);
    }
    // The order of its entries is one of them.
    expect([...(first!.number_map as Map<number, string>).keys()]).toEqual([2, 1]);
    if (name.endsWith('.parquet')) expect(first!.uuid).toBe('80000000-0000-0000-0000-000000000001');
    expect(Object.keys(first!).length).toBe(Object.keys(expected).length + (name.endsWith('.parquet') ? 1 : 0));
  });

  it('own their bytes, so that a copy of a row is no copy of its page', async () => {
    for (const name of ['types.parquet', 'types.arrow'])
      expect(((await read(fixture(name)))[0]!.bytes as Uint8Array).buffer.byteLength).toBe(3);
  });

  it.each(['types.parquet', 'types.arrow'])('become numbers on request: %s', async (name) => {
    const columns = ['decimal_medium', 'uint8'];
    const rows = await read(fixture(name), { columns, decimals: 'number', integers: 'number' });
    expect(rows.map((row) => row.decimal_medium)).toEqual([1234567890123456.8, -2.05, null]);
    await expect(read(fixture(name), { columns: ['int64'], integers: 'number' })).rejects.toThrow(
      /column "int64" .*9007199254740993 is beyond 2\^53/,
    );
    expect(() => read(fixture(name), { decimals: 'float' as never })).toThrow(
      'expected "text" or "number", got "float"',
    );
  });

  it.each(['parquet', 'arrow'])('have digits beyond milliseconds as texts, or not at all: %s', async (format) => {
    await expect(read(fixture(`stamps.${format}`))).rejects.toThrow(
      /column "stamp" in rows? .*2020-09-13T12:26:40\.123456Z has digits beyond milliseconds.*pass timestamps: 'text'/,
    );
    const texts = await read(fixture(`stamps.${format}`), { timestamps: 'text', integers: 'number' });
    expect(texts).toEqual([
      { id: 1, stamp: '2020-09-13T12:26:40.123000Z' },
      { id: 2, stamp: '2020-09-13T12:26:40.123456Z' },
    ]);
    expect(await read(fixture(`nanos.${format}`), { timestamps: 'text' })).toEqual([
      { stamp: '2020-09-13T12:26:40.123456789' },
      { stamp: '1969-12-31T23:59:59.999999999' },
    ]);
  });

  it.each(['parquet', 'arrow'])('may be in columns of any name, but not of one name: %s', async (format) => {
    const [row] = await read(fixture(`names.${format}`));
    expect(Object.entries(row!)).toEqual([
      ['__proto__', 1n],
      ['a.b', 2n],
      ['constructor', 3n],
    ]);
    expect(await read(fixture(`names.${format}`), { columns: ['a.b'] })).toEqual([{ 'a.b': 2n }]);
    await expect(read(fixture(`twice.${format}`))).rejects.toThrow('has two columns "a"');
    await expect(read(fixture(`names.${format}`), { columns: ['a.b', 'b'] })).rejects.toThrow(
      /names\.\w+" has no column "b"; it has "__proto__", "a\.b", "constructor"/,
    );
  });

  it('may be none', async () => {
    for (const name of ['empty.parquet', 'empty.arrow']) expect(await read(fixture(name))).toEqual([]);
    expect(await read(fixture('empty-group.parquet'))).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });
});

describe('a compressed columnar file', () => {
  it.each([
    ...['snappy.parquet', 'gzip.parquet', 'zstd.parquet', 'brotli.parquet', 'lz4.parquet'],
    ...['lz4.feather', 'zstd.feather'],
  ])('gives its rows: %s', async (name) => {
    const rows = await read(fixture(name));
    expect(rows).toEqual(Array.from({ length: 3000 }, (_, i) => ({ n: i % 50, text: `row ${i % 50}` })));
  });
});

describe('a columnar file that is not whole', () => {
  it.each([
    ['types.parquet', 'it is not a Parquet file, which begins with "PAR1"', /cut off: a whole Parquet file ends with/],
    ['types.arrow', 'it is not an Arrow file or stream', 'cut off: a whole Arrow file ends with "ARROW1"'],
    [
      'types.arrows',
      'it is not an Arrow file or stream',
      /cut off: a whole Arrow stream has a mark at its end|only read \d+\. \(is the file whole/,
    ],
  ])('is an error with the reason: %s', async (name, other, cut) => {
    await expect(read(damaged(name, () => bytes()))).rejects.toThrow(/cannot read ".*": it is empty/);
    await expect(read(damaged(name, () => Buffer.from('name,age\nAda,36\n')))).rejects.toThrow(other);
    await expect(read(damaged(name, () => bytes(1)))).rejects.toThrow(other);
    for (const share of [0.2, 0.5, 0.9, 0.999])
      await expect(read(damaged(name, (all) => all.subarray(0, Math.floor(all.length * share))))).rejects.toThrow(cut);
  });

  it('is an error with its place where its middle is damaged', async () => {
    const hole = (all: Buffer): Buffer => Buffer.from(all).fill(0xee, 10, 300);
    await expect(read(damaged('gzip.parquet', hole))).rejects.toThrow(
      /cannot read column "n" of ".*gzip\.parquet" row group 1 \(rows 1 to 2000\)/,
    );
    await expect(read(damaged('types.arrow', (all) => Buffer.from(all).fill(0xee, 16, 5000)))).rejects.toThrow(
      /cannot read ".*types\.arrow" from row 1 on: /,
    );
  });

  it('is distinguished from another version, and unpacked where it is packed', async () => {
    await expect(read(fixture('version1.feather'))).rejects.toThrow('version 1 of Feather, which is not read');
    const packed = join(folder, 'types.arrows.gz');
    writeFileSync(packed, gzipSync(readFileSync(fixture('types.arrows'))));
    expect(await read(packed)).toEqual(await read(fixture('types.arrows')));
    writeFileSync(packed, readFileSync(packed).subarray(0, 500));
    await expect(read(packed)).rejects.toThrow(/cannot read .*types\.arrows\.gz" from row 1 on/);
  });
});

describe('the texts of exact values', () => {
  const TEXT = { integers: 'bigint', decimals: 'text', timestamps: 'text' } as const;

  it('of decimals are those of their integers with a point', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
        fc.integer({ min: 0, max: 40 }),
        (value, scale) => {
          const text = String(decimalOf(value, scale, TEXT));
          expect(BigInt(text.replace('.', ''))).toBe(value);
          expect(scale === 0 ? text.includes('.') : text.split('.')[1]!.length === scale).toBe(scale !== 0);
        },
      ),
    );
    expect(decimalOf(-5n, -3, TEXT)).toBe('-5000');
    expect(decimalOf(-5n, 3, TEXT)).toBe('-0.005');
  });

  it('of timestamps are those of Date, with more digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), fc.integer({ min: 0, max: 999_999 }), (ms, rest) => {
        const value = BigInt(ms) * 1_000_000n + BigInt(rest);
        const digits = String(rest).padStart(6, '0');
        expect(timestampOf(value, 'ns', true, TEXT)).toBe(new Date(ms).toISOString().replace('Z', `${digits}Z`));
      }),
    );
    expect(timestampOf(-1n, 's', false, TEXT)).toBe('1969-12-31T23:59:59');
    expect(() => timestampOf(10n ** 18n, 'ms', true, TEXT)).toThrow('beyond the years that a Date can hold');
    expect(timeOf(86_399_999_999_999n, 'ns')).toBe('23:59:59.999999999');
  });

  it('of integers in bytes have their sign', () => {
    expect([bigEndian(bytes()), bigEndian(bytes(255)), bigEndian(bytes(0, 128)), bigEndian(bytes(128, 0))]).toEqual([
      0n,
      -1n,
      128n,
      -32768n,
    ]);
  });
});
