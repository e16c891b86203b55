import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import * as fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { Dataset, type ToColumnsOptions, type Written } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';
import { row, TYPES } from './columns';

const folder = temporaryFolder();

interface Columnar {
  kind: string;
  write: (items: Dataset<unknown>, path: string, options?: ToColumnsOptions) => Promise<Written>;
  read: (path: string) => Dataset<unknown>;
}

const kinds: Columnar[] = [
  {
    kind: 'toParquet',
    write: (items, path, options) => items.toParquet(path, options),
    read: (path) => Dataset.fromParquet(path),
  },
  {
    kind: 'toArrow',
    write: (items, path, options) => items.toArrow(path, options),
    read: (path) => Dataset.fromArrow(path),
  },
];

describe.each(kinds)('$kind', ({ kind, write, read }) => {
  const file = join(folder, kind);
  const back = async (items: unknown[], options?: ToColumnsOptions): Promise<unknown[]> => {
    await write(Dataset.fromArray(items), file, options);
    return read(file).toArray();
  };

  it('is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        expect(await back(rows, { types: TYPES })).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  it('finds out the types of columns from the rows', async () => {
    const rows = [
      { i: 1, f: 1, big: 2n, text: 'a', list: [1], box: { x: 1 }, all: null },
      { i: -5, f: 0.5, big: 3, text: null, list: [0.5, null], box: { y: 'b' }, all: null },
    ];
    expect(await back(rows)).toEqual([
      { ...rows[0], big: 2n, box: { x: 1, y: null } },
      { ...rows[1], big: 3n, box: { x: null, y: 'b' } },
    ]);
  });

  it('has null for fields that come and go among the first rows', async () => {
    expect(await back([{ a: 1 }, { b: 'x' }, { a: 2, b: undefined }])).toEqual([
      { a: 1, b: null },
      { a: null, b: 'x' },
      { a: 2, b: null },
    ]);
  });

  it('holds typed arrays and tensors', async () => {
    const rows = [
      { v: Float32Array.of(0.5, 1), image: { data: new Uint8Array([1, 2]), shape: [1, 2] }, n: BigInt64Array.of(3n) },
    ];
    expect(await back(rows)).toEqual([{ v: [0.5, 1], image: rows[0]!.image, n: [3n] }]);
  });

  it('says that dates are in UTC', async () => {
    await back([{ at: new Date(0) }]);
    const bytes = readFileSync(file);
    if (kind === 'toArrow') expect(tableFromIPC(bytes).schema.fields[0]!.type).toMatchObject({ timezone: 'UTC' });
    else
      expect(parquetMetadata(new Uint8Array(bytes).buffer).schema[1]).toMatchObject({
        converted_type: 'TIMESTAMP_MILLIS',
      });
  });

  it('takes whole numbers and bigints in one column, in any order', async () => {
    expect(await back([{ a: 1, b: 1n, c: [1] }, { a: 2n, b: 2, c: [2n] }])).toEqual([
      { a: 1n, b: 1n, c: [1n] },
      { a: 2n, b: 2n, c: [2n] },
    ]); // prettier-ignore
  });

  it('writes several groups, in bounded memory', async () => {
    const rows = Dataset.range(120_000).map((n) => ({ n, text: `row ${n}` }));
    expect(await write(rows, file)).toMatchObject({ items: 120_000 });
    expect(await read(file).skip(110_000).take(1).toArray()).toEqual([{ n: 110_000, text: 'row 110000' }]);
    expect(await read(file).count()).toBe(120_000);
  });

  it('has the columns that were given, also without rows, and odd names of columns', async () => {
    expect(await back([], { types: { a: 'text' } })).toEqual([]);
    const odd = JSON.parse('[{ "a.b": 1, "__proto__": 2, "é 😀": 4 }]') as unknown[];
    expect(await back(odd)).toEqual(odd);
    const nameless = [{ '': 1 }];
    if (kind === 'toParquet') expect(await back(nameless)).toEqual(nameless);
    else await expect(back(nameless)).rejects.toThrow('a column of an Arrow file needs a name');
  });

  it.each<[unknown[], string, ToColumnsOptions?]>([
    [
      [{ a: 1 }, { a: 'x' }],
      `at item 1 (fromArray item 1): the field "a" is "x", which its type, 'int32', cannot hold; map all to one type, or pass types`,
    ],
    [[{ a: [1] }, { a: [1, 'x'] }], `the field "a[1]" is "x", which its type, 'int32'`],
    [[{ a: { b: 1 } }, { a: { b: true } }], `the field "a.b" is true, which its type, 'int32'`],
    [[{ a: { b: 1 } }, { a: [1] }], 'the field "a" is a list, which its type, { b: \'int32\' }'],
    [[{ a: 0.5 }, { a: 1n }], `the field "a" is 1n, which its type, 'float64'`],
    [
      [{ a: 1 }, { a: 0.5 }],
      `the field "a" is 0.5, which its type, 'int32', cannot hold; pass types: { a: 'float64' }`,
      { types: { a: 'int32' } },
    ],
    [[{ a: 1 }, { a: 0.1 }], `the field "a" is 0.1, which its type, 'float32'`, { types: { a: 'float32' } }],
    [
      [{ a: 1 }, { a: 2n ** 63n }],
      'the field "a" is 9223372036854775808n, which is too great for 64 bits',
      { types: { a: 'int64' } },
    ],
    [[{ a: 1 }, { a: new Map() }], 'the field "a" is a Map, which columns cannot hold'],
    [[{ a: 1 }, { a: {} }], 'the field "a" is a record, which columns cannot hold'],
    [[{ a: 1 }, { a: () => 1 }], 'the field "a" is a function, which columns cannot hold'],
    [[{ a: 'a' }, { a: '\ud800' }], 'which has half a character'],
    [[{ a: new Date(0) }, { a: new Date(NaN) }], 'which is no date of the calendar'],
    [[{ a: 1 }, 5], 'the item is 5, and a row is a record of fields'],
    [[{ a: 1 }, [1]], 'the item is a list, and a row is a record of fields'],
    [[{ a: 1 }, null], 'the item is null, and a row'],
  ])('refuses %o', async (items, message, options) => {
    const error = (await back(items, options).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ kind, index: 1 });
    expect(error.message).toContain(message);
    expect(await back([...items, items[0]], { ...options, onError: 'skip' })).toHaveLength(2);
  });

  it('refuses what comes later than its types are known', async () => {
    const late = (last: object): Promise<unknown> =>
      write(
        Dataset.range(100_001).map((n) => (n === 100_000 ? last : { a: n, b: null })),
        file,
      );
    await expect(late({ a: 0.5 })).rejects.toThrow(
      `the field "a" is 0.5, which its type, 'int32', cannot hold; pass types`,
    );
    await expect(late({ b: 1 })).rejects.toThrow(
      'the field "b" is 1, but all before it were null, and the file has no type for it',
    );
    await expect(late({ c: 1 })).rejects.toThrow(
      'the field "c" is 1, but the file has no such column, since no item before it had the field',
    );
  });

  it('refuses types that there are not, at once', () => {
    for (const type of ['number', [], ['int32', 'text'], {}, null])
      expect(() => write(Dataset.range(1), file, { types: { a: type as never } })).toThrow(
        `invalid type of "a" in ${kind}: expected 'boolean'`,
      );
  });
});
