import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RecordBatchStreamWriter, tableFromArrays, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { Dataset, decodeImage } from 'stemma';
import { dataFiles } from '../../../support/data-file';

type Kind = 'fromCsv' | 'fromTextLines' | 'fromJsonLines' | 'fromJson' | 'fromArrow' | 'fromParquet';
/**
 * The items of the file, or what the error says after the name of the file; in front: how many items come before it.
 */
type Expectation = readonly unknown[] | RegExp | [before: number, error: RegExp];

const file = dataFiles();
const ENDINGS = {
  fromCsv: 'csv',
  fromTextLines: 'txt',
  fromJsonLines: 'jsonl',
  fromJson: 'json',
  fromArrow: 'arrow',
  fromParquet: 'parquet',
};
const sources = Dataset as unknown as Record<Kind, (file: string) => Dataset<unknown>>;
const open = (kind: Kind, path: string): Dataset<unknown> => sources[kind](path);

async function read(dataset: Dataset<unknown>): Promise<{ items: unknown[]; error: string | null }> {
  const items: unknown[] = [];
  const error = await dataset
    .forEach((item) => void items.push(item))
    .then(
      () => null,
      (thrown: Error) => thrown.message,
    );
  return { items, error };
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const packed = gzipSync('a,b\n1,2\n');
const row = [{ a: 1, b: 2 }];
const huge = '9'.repeat(400);
const protoNames = [
  Object.fromEntries([
    ['__proto__', 1],
    ['constructor', 2],
    ['toString', 3],
  ]),
];

describe.each<[Kind, [name: string, content: string | Buffer, expected: Expectation][]]>([
  [
    'fromCsv',
    [
      ['ragged rows', 'a,b\n1,2\n3\n', [1, /line 3 has 1 field, but expected 2.*relaxColumnCount/]],
      ['names of Object', '__proto__,constructor,toString\n1,2,3\n', protoNames],
      ['two columns of one name', 'a,a\n1,2\n', /line 1: duplicate column name "a".*duplicateColumns: 'rename'/],
      ['a byte order mark in a row', 'a,b\n\uFEFF1,2\n', [{ a: '\uFEFF1', b: 2 }]],
      [
        'a byte order mark in a name',
        'a,\uFEFFb\n1,2\n',
        /line 1: the name of column 2 begins with a byte order mark.*header/,
      ],
      ['two byte order marks', '\uFEFF\uFEFFa,b\n1,2\n', /line 1: the name of column 1 begins with a byte order mark/],
      ['NUL bytes at the beginning', 'a,b\n\0,2\n', /has NUL bytes.*encoding: 'utf-8' keeps them/],
      ['a NUL byte further on', `a\n${'x\n'.repeat(600)}\0\n`, [...Array<unknown>(600).fill({ a: 'x' }), { a: '\0' }]],
      ['nothing', '', /is empty: expected a line with the names.*header/],
      ['a byte order mark alone', '\uFEFF', /is empty/],
      ['a header alone', 'a,b\n', []],
      ['blank lines alone', '\n\n\r\n  \n', /is empty/],
      ['blank lines before the header', '\n \t\na,b\n1,2\n', row],
      ['gzip inside', packed, row],
      ['two gzip members', Buffer.concat([gzipSync('a,b\n1,'), gzipSync('2\n')]), row],
      ['an empty gzip member first', Buffer.concat([gzipSync(''), packed]), row],
      ['gzip of nothing', gzipSync(''), /is empty/],
      ['gzip in gzip', gzipSync(packed), /packed with gzip twice; unpack it once with: gunzip/],
      ['zeros behind gzip, as on a tape', Buffer.concat([packed, Buffer.alloc(512)]), row],
      ['garbage behind gzip', Buffer.concat([packed, Buffer.from('garbage')]), /behind the gzip data of .*gunzip -c/],
      ['half a gzip member at the end', Buffer.concat([packed, packed.subarray(0, 15)]), /cut short or damaged/],
      ['UTF-16 LE without a mark', utf16('a,b\n1,2\n'), /UTF-16 without a byte order mark.*encoding: 'utf-16le'/],
      [
        'UTF-16 BE without a mark',
        utf16('a,b\n1,2\n').swap16(),
        /UTF-16 without a byte order mark.*encoding: 'utf-16be'/,
      ],
      ['lines that end in CR', 'a,b\r1,2\r', row],
      [
        'a quoted field that never ends',
        'a,b\n1,"x\n2,y\n',
        /line 2: the quoted field that begins here is never closed.*quote: false/,
      ],
      ['a number of 400 digits', `a\n${huge}\n`, [{ a: huge }]],
      [
        'a number of 400 digits after numbers',
        `a\n${'1\n'.repeat(4000)}${huge}\n`,
        [4000, /line 4002 is "9{39}…", which is too great.*'text'/],
      ],
      ['Latin-1', latin1('n\nRené\n'), /line 2 is not in UTF-8: invalid byte 0xE9 at offset 5.*encoding: 'latin1'/],
      ['the end mark of DOS', 'a,b\n1,2\n\x1a', [1, /line 3 has 1 field, but expected 2/]],
    ],
  ],
  [
    'fromTextLines',
    [
      ['a byte order mark within', 'a\n\uFEFFb\n', ['a', '\uFEFFb']],
      ['NUL bytes at the beginning', '\0a\n', /has NUL bytes/],
      ['a NUL byte further on', `${'x\n'.repeat(600)}\0`, [...Array<string>(600).fill('x'), '\0']],
      ['nothing', '', []],
      ['blank lines alone', '\n\r\n  \n', ['', '', '  ']],
      ['two gzip members', Buffer.concat([gzipSync('a\nb'), gzipSync('c\n')]), ['a', 'bc']],
      ['garbage behind gzip', Buffer.concat([packed, Buffer.from('garbage')]), /behind the gzip data of .*gunzip -c/],
      ['UTF-16 BE without a mark', utf16('ab\n').swap16(), /encoding: 'utf-16be'/],
      ['lines that end in CR', 'a\rb\r\rc', ['a', 'b', '', 'c']],
      ['other characters that break lines', 'a\u2028b\u0085c\vd\fe\n', ['a\u2028b\u0085c\vd\fe']],
      ['a number of 400 digits', huge, [huge]],
      ['Latin-1', latin1('a\nRené\n'), [1, /line 2 is not in UTF-8/]],
    ],
  ],
  [
    'fromJsonLines',
    [
      ['values of several kinds', '{"a":1}\n{"b":2}\n[3]\n', [{ a: 1 }, { b: 2 }, [3]]],
      ['names of Object', '{"__proto__":1,"constructor":2,"toString":3}\n', protoNames],
      ['a key twice', '{"a":1}\n{"a":1,"a":2}\n', [1, /line 2: the key "a" is there twice/]],
      [
        'a byte order mark within',
        '1\n\uFEFF2\n',
        [1, /line 2 is not valid JSON: .*\\ufeff.*where files were joined: remove it/],
      ],
      [
        'NUL bytes at the end',
        `${'1\n'.repeat(600)}\0\0`,
        [600, /line 601 is not valid JSON: .*\\u0000.*writing the file was cut short/],
      ],
      ['nothing', '', []],
      ['blank lines alone', '\n\r\n  \n', []],
      ['gzip of nothing', gzipSync(''), []],
      [
        'garbage behind gzip',
        Buffer.concat([gzipSync('1\n'), Buffer.from('garbage')]),
        /behind the gzip data of .*gunzip -c/,
      ],
      ['UTF-16 without a mark', utf16('1\n'), /encoding: 'utf-16le'/],
      ['lines that end in CR', '1\r2\r', [1, 2]],
      ['a bad line at the end', '1\n2\n{"a":', [2, /line 3 is not valid JSON: .*end of JSON input/]],
      ['two values in a line', '1\n[2] [3]\n', [1, /line 2 is not valid JSON/]],
      [
        'a number of 400 digits',
        `1\n${huge}\n`,
        [1, /line 2: the number .* cannot be held exactly; pass inexactNumbers: 'bigint'/],
      ],
      ['Latin-1', latin1('1\n"é"\n'), [1, /line 2 is not in UTF-8/]],
      ['a form feed alone in a line', '1\n\f\n', [1, /line 2 is not valid JSON: .*\\u000c/]],
    ],
  ],
  [
    'fromJson',
    [
      ['names of Object', '[{"__proto__":1,"constructor":2,"toString":3}]', protoNames],
      ['a key twice', '[{"a":1,"a":2}]', /the key "a" is there twice in \[0\]/],
      ['a byte order mark within', '[1,\n\uFEFF2]', /not valid JSON from line 2, column 1 on: .*\\ufeff.*remove it/],
      ['NUL bytes at the end', `[${'1,'.repeat(600)}1]\n\0`, /not valid JSON from line 2, column 1 on: .*cut short/],
      ['nothing', '', /not valid JSON .*there is nothing in it/],
      ['blank lines alone', '\n \n', /not valid JSON .*there is nothing in it/],
      ['two gzip members', Buffer.concat([gzipSync('[1,'), gzipSync('2]')]), [1, 2]],
      ['something behind the array', '[1,\n2]\n[3]', /not valid JSON from line 3, column 1 on/],
      ['an array that is cut off', '[1,\n{"a": [tru', /not valid JSON from line 2, column 8 on/],
      ['a comma too many', '[\n  1,\n]', /not valid JSON from line 3, column 1 on/],
      ['a bad escape', '[\n"\\q"]', /not valid JSON from line 2, column 2 on/],
      ['a name without quotes', '[{\n"a": 1, b: 2}]', /not valid JSON from line 2, column 9 on/],
      ['lines that end in CR', '[1,\r2]', [1, 2]],
      ['a number of 400 digits', `[${huge}]`, /the number .* in \[0\] cannot be held exactly/],
      ['Latin-1', latin1('[\n"é"]'), /line 2 is not in UTF-8/],
    ],
  ],
  [
    'fromArrow',
    [
      ['nothing', '', /it is empty/],
      ['gzip inside', gzipSync(tableToIPC(tableFromArrays({ a: [1] }), 'file')), [{ a: 1 }]],
      [
        'a stream in gzip',
        gzipSync(RecordBatchStreamWriter.writeAll(tableFromArrays({ a: [1] })).toUint8Array(true)),
        [{ a: 1 }],
      ],
      [
        'gzip that is cut short',
        gzipSync(tableToIPC(tableFromArrays({ a: [1] }), 'file')).subarray(0, -9),
        /gzip data of .* are cut short/,
      ],
      ['text', 'a,b\n1,2\n', /it is not an Arrow file or stream/],
      ['text in gzip', packed, /cannot read ".*"/],
    ],
  ],
  [
    'fromParquet',
    [
      ['nothing', '', /it is empty/],
      ['text', 'a,b\n1,2\n', /it is not a Parquet file/],
      ['gzip inside', packed, /it is not a Parquet file, .*packed with gzip; unpack it with: gunzip/],
    ],
  ],
])('%s of a file with', (kind, cases) => {
  it.each(cases)('%s', async (name, content, expected) => {
    const path = file(`${kind}/${name.replaceAll(/\W/g, '-')}.${ENDINGS[kind]}`, content);
    const { items, error } = await read(open(kind, path));
    const [before, message] =
      expected instanceof RegExp ? [0, expected] : expected[1] instanceof RegExp ? expected : [null, null];
    if (message === null) expect({ items, error }).toEqual({ items: expected, error: null });
    else {
      expect(error).toMatch(message as RegExp);
      expect(error).toContain(path);
      expect(items).toHaveLength(before as number);
      // Nothing that a person could not see.
      expect(error).not.toMatch(/[\0-\x08\x0B-\x1F\uFEFF]/);
    }
  });
});

const KINDS = Object.keys(ENDINGS) as Kind[];

describe.each(KINDS)('%s of what is no file', (kind) => {
  it('is refused at once: a FIFO, which nobody writes to, and a device without an end', () => {
    const fifo = join(dirname(file(`${kind}/beside`, '')), 'fifo');
    rmSync(fifo, { force: true });
    execFileSync('mkfifo', [fifo]);
    expect(() => open(kind, fifo)).toThrow('it is a FIFO, not a regular file');
    expect(() => open(kind, '/dev/zero')).toThrow('it is a device, not a regular file');
  });

  it('is refused where it became so later', async () => {
    const path = file(`${kind}/later`, '[]');
    const dataset = open(kind, path);
    rmSync(path);
    expect((await read(dataset)).error).toContain(`cannot read "${path}": there is no such file`);
    execFileSync('mkfifo', [path]);
    expect((await read(dataset)).error).toContain(`cannot read "${path}": it is a FIFO`);
    rmSync(path);
    symlinkSync(dirname(path), path);
    expect((await read(dataset)).error).toContain(`cannot read "${path}": it is a folder`);
  });
});

describe('a file that changes while it is read', () => {
  it('is read to its end where it is removed', async () => {
    const path = file('removed.txt', 'line\n'.repeat(100_000));
    let lines = 0;
    await Dataset.fromTextLines(path).forEach(() => {
      if (lines++ === 0) rmSync(path);
    });
    expect(lines).toBe(100_000);
  });

  it('is an error where it became shorter', async () => {
    const path = file('shorter.txt', 'line\n'.repeat(200_000));
    let lines = 0;
    const run = Dataset.fromTextLines(path).forEach(() => {
      if (lines++ === 0) truncateSync(path, 10);
    });
    await expect(run).rejects.toThrow(
      /to its end: it had 1000000 bytes, and became shorter after \d+ of them were read/,
    );
  });
});

it('an image is no FIFO and no device', async () => {
  const fifo = join(dirname(file('images/beside', '')), 'fifo');
  execFileSync('mkfifo', [fifo]);
  await expect(decodeImage(fifo)).rejects.toThrow(
    `cannot decode "${fifo}" as an image: it is a FIFO, not a regular file`,
  );
  await expect(decodeImage('/dev/zero')).rejects.toThrow('as an image: it is a device, not a regular file');
});

it('UTF-16 in the other byte order than was given is refused', async () => {
  for (const [given, other] of [
    ['utf-16le', utf16('a\nb\n').swap16()],
    ['utf-16be', utf16('a\nb\n')],
  ] as const) {
    const run = Dataset.fromTextLines(file('order.txt', other), { encoding: given }).toArray();
    await expect(run).rejects.toThrow(`in the other byte order than ${given}, which was given; pass encoding: 'utf-16`);
  }
  const letters = utf16('ĀĀ\n');
  expect(await Dataset.fromTextLines(file('a.txt', letters), { encoding: 'utf-16le' }).toArray()).toEqual(['ĀĀ']);
});

it('JSON with a long string is read exactly, too', async () => {
  const text = 'x'.repeat(30_000_000);
  const path = file('long.json', `["${text}",9007199254740993]`);
  expect(await Dataset.fromJson(path, { inexactNumbers: 'bigint' }).toArray()).toEqual([text, 9007199254740993n]);
});
