import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { parquetWriteFile } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { loadPeer } from '../../../lib/dist/sources/optional-peer.js';
import { openFiles } from '../../support/open-files';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('fromFolder', () => {
  it('takes patterns, of which one has to match', async () => {
    for (const sub of ['globs', 'globs/a', 'globs/b']) mkdirSync(join(folder, sub), { recursive: true });
    for (const name of ['a/1.png', 'a/2.txt', 'b/3.png', '4.png']) file(`globs/${name}`, '');
    const names = async (glob: string | string[]): Promise<string[]> =>
      (await Dataset.fromFolder(join(folder, 'globs'), { glob }).toArray()).map(({ name }) => name);
    expect(await names('**/*.png')).toEqual(['4.png', '1.png', '3.png']);
    expect(await names(['a/*', '*.png'])).toEqual(['4.png', '1.png', '2.txt']);
    expect(() => Dataset.fromFolder(join(folder, 'globs'), { glob: 'nothing/**' })).toThrow(
      'none of its 4 files matches nothing/**: 4.png, a/1.png, a/2.txt and 1 more; pass allowEmpty: true',
    );
  });

  it('takes endings of several parts', async () => {
    mkdirSync(join(folder, 'endings'));
    for (const name of ['a.csv.gz', 'b.CSV.GZ', 'c.gz', 'd.csv']) file(`endings/${name}`, '');
    const packed = Dataset.fromFolder(join(folder, 'endings'), { extensions: ['.csv.gz'] });
    expect((await packed.toArray()).map(({ name }) => name)).toEqual(['a.csv.gz', 'b.CSV.GZ']);
  });
});

describe('a source that finds no files', () => {
  const within = (name: string): string => join(folder, 'none', name);
  for (const name of ['empty', 'nested/cat', 'nested/dog', 'seen', 'unseen'])
    mkdirSync(within(name), { recursive: true });
  for (const name of ['nested/cat/1.png', 'seen/a.txt', 'unseen/.b.txt']) file(`none/${name}`, '');

  it.each([
    ['empty', {}, 'it has no files; pass allowEmpty: true where there may be none'],
    ['nested', {}, 'it has no files; pass recursive: true for what is in its folders (cat, dog), or allowEmpty: true'],
    [
      'nested',
      { recursive: true, extensions: ['.jpg'] },
      'its only file does not end in .jpg: cat/1.png; pass allowEmpty',
    ],
    ['seen', { glob: '*.png' }, 'its only file does not match *.png: a.txt; pass allowEmpty: true'],
    ['unseen', {}, 'it has no files; pass hidden: true for its hidden files (.b.txt), or allowEmpty: true'],
  ])('is an error that says what is there, or empty where that is allowed: %s %j', async (name, options, message) => {
    expect(() => Dataset.fromFolder(within(name), options)).toThrow(`found no files in "${within(name)}": ${message}`);
    const ds = Dataset.fromFolder(within(name), { ...options, allowEmpty: true });
    expect([ds.length, await ds.toArray()]).toEqual([{ kind: 'exact', items: 0 }, []]);
  });

  it('is so whatever it reads', async () => {
    type Read = (files: string | string[], options?: { allowEmpty?: boolean }) => Dataset<unknown>;
    const readers = Dataset as unknown as { [reader: string]: Read };
    for (const reader of ['fromTextLines', 'fromCsv', 'fromJsonLines', 'fromJson', 'fromParquet', 'fromArrow']) {
      const read: Read = (files, options) => readers[reader]!.call(Dataset, files, options);
      const pattern = within('seen/*.dat');
      expect(() => read(pattern)).toThrow(
        `${reader} found no file that matches "${pattern}" (looked for in "${within('seen')}"): ` +
          'its only file does not match *.dat: a.txt; pass allowEmpty: true',
      );
      expect(() => read([])).toThrow('expected at least one file, got an empty list; pass allowEmpty: true');
      expect(await read(pattern, { allowEmpty: true }).toArray()).toEqual([]);
      expect(await read(within('nowhere/*.dat'), { allowEmpty: true }).toArray()).toEqual([]);
      expect(await read([], { allowEmpty: true }).toArray()).toEqual([]);
      expect(() => read(within('a.dat'), { allowEmpty: true })).toThrow('there is no such file');
    }
  });
});

describe('fromTextLines', () => {
  it('gives lines, whatever they end with and wherever the file is cut into pieces', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `Zeile ${i} – ${'ü'.repeat(i % 50)}\u2028`);
    expect(await Dataset.fromTextLines(file('lines.txt', lines.join('\n'))).toArray()).toEqual(lines);
    expect(await Dataset.fromTextLines(file('crlf.txt', 'a\r\n\r\nb\r\n')).toArray()).toEqual(['a', '', 'b']);
    expect(await Dataset.fromTextLines(file('cr.txt', 'a\r\rb\r\nc')).toArray()).toEqual(['a', '', 'b', 'c']);
    expect(await Dataset.fromTextLines(file('mixed.txt', lines.join('\r\n') + '\r')).toArray()).toEqual(lines);
    expect(await Dataset.fromTextLines(file('empty.txt', '')).toArray()).toEqual([]);
  });

  it('takes a line, however long', async () => {
    const lines = ['short', 'x'.repeat(3e7), ''];
    expect(await Dataset.fromTextLines(file('long.txt', lines.join('\n') + 'end')).toArray()).toEqual([
      ...lines.slice(0, 2),
      'end',
    ]);
  });

  it('unpacks, and says where a packed file is broken', async () => {
    const packed = gzipSync('a\nb\n');
    expect(await Dataset.fromTextLines(file('lines.txt.gz', packed)).toArray()).toEqual(['a', 'b']);
    const cut = Dataset.fromTextLines(file('cut.txt.gz', packed.subarray(0, 12))).toArray();
    await expect(cut).rejects.toThrow(
      /^fromTextLines "cut.txt.gz" failed at item 0: .* cut short or damaged: unexpected end of file$/,
    );
  });

  it('names the line that a function fails on', async () => {
    const path = file('numbers.txt', '1\ntwo\n');
    const run = Dataset.fromTextLines(path)
      .map((line) => {
        if (line === 'two') throw new Error('no number');
      }, 'Parse')
      .toArray();
    await expect(run).rejects.toThrow(`map "Parse" failed at item 1 (${path} line 2): no number`);
  });

  it('says at once where it looked for a file that is not there', () => {
    const missing = join(folder, 'missing.txt');
    expect(() => Dataset.fromTextLines(missing)).toThrow(
      `fromTextLines cannot read "${missing}": there is no such file`,
    );
    expect(() => Dataset.fromCsv(folder)).toThrow('it is a folder, not a regular file');
  });
});

describe('fromJsonLines', () => {
  it('gives what is before a line that is not valid JSON, then names the line', async () => {
    const path = file('rows.jsonl', '{"a":1}\n\n[2]\n{"a":\n');
    const seen: unknown[] = [];
    const run = Dataset.fromJsonLines(path).forEach((row) => seen.push(row));
    await expect(run).rejects.toThrow(`fromJsonLines "rows.jsonl" failed at item 2: ${path} line 4 is not valid JSON`);
    expect(seen).toEqual([{ a: 1 }, [2]]);
  });
});

describe('fromCsv', () => {
  const csv = (content: string, options?: Parameters<typeof Dataset.fromCsv>[1]): Promise<unknown[]> =>
    Dataset.fromCsv(file('data.csv', content), options).toArray();

  it('reads quotes, line breaks in fields, a byte order mark, and what looks like a number', async () => {
    expect(await csv('\uFEFFname,zip,x\r\n"Ada, ""L""",007,1e3\r\n"two\nlines",10115,\r\n')).toEqual([
      { name: 'Ada, "L"', zip: '007', x: 1000 },
      { name: 'two\nlines', zip: '10115', x: null },
    ]);
  });

  it('has names, types and a choice of columns as they are given', async () => {
    expect(await csv('1;yes\n2;no\n', { header: ['n', 'text'], delimiter: ';', types: 'text' })).toEqual([
      { n: '1', text: 'yes' },
      { n: '2', text: 'no' },
    ]);
    const types = { day: 'date', ok: 'boolean' } as const;
    expect(await csv('day,ok,x\n2026-01-02,true,1\n,,\n', { types, columns: ['day', 'ok'] })).toEqual([
      { day: new Date('2026-01-02'), ok: true },
      { day: null, ok: null },
    ]);
  });

  it('refuses rows of another length, values of another type, columns that are not there', async () => {
    await expect(csv('a,b\n1,2\n3\n')).rejects.toThrow(/fromCsv "data.csv" failed .*line 3/);
    await expect(csv('a\n1\nx\n', { types: { a: 'number' } })).rejects.toThrow(
      'column "a" in line 3 is "x", which is not a number',
    );
    await expect(csv('a,b\n1,2\n', { columns: ['c'] })).rejects.toThrow('there is no column "c" (there are a, b)');
  });

  it('opens no file that is not read', async () => {
    const path = file('unread.csv', 'a\n1\n');
    const ds = Dataset.fromCsv(path);
    for (let i = 0; i < 5; i++) {
      expect(await ds.take(0).toArray()).toEqual([]);
      await expect(ds.toArray({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(openFiles()).not.toContain(path);
  });

  it('reads a large file in pieces, and no further than is wanted', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},text ${i}`);
    const ds = Dataset.fromCsv<{ n: number; text: string }>(file('large.csv', ['n,text', ...rows].join('\n')));
    expect(await ds.reduce((sum, { n }) => sum + n, 0)).toBe((49_999 * 50_000) / 2);
    expect(await ds.take(2).toArray()).toEqual([
      { n: 0, text: 'text 0' },
      { n: 1, text: 'text 1' },
    ]);
  });
});

describe('fromParquet and fromArrow', () => {
  const n = Array.from({ length: 5000 }, (_, i) => i);
  const text = n.map((i) => `row ${i}`);

  it('give the rows of all row groups, and the columns that are asked for', async () => {
    const path = join(folder, 'rows.parquet');
    const columnData = [
      { name: 'n', data: Int32Array.from(n) },
      { name: 'text', data: text },
    ];
    parquetWriteFile({ filename: path, columnData, rowGroupSize: 2000 });
    expect(await Dataset.fromParquet(path).toArray()).toEqual(n.map((i) => ({ n: i, text: text[i] })));
    expect(
      await Dataset.fromParquet(path, { columns: ['n'] })
        .skip(3999)
        .take(2)
        .toArray(),
    ).toEqual([{ n: 3999 }, { n: 4000 }]);
  });

  it('read files and streams of Arrow', async () => {
    const table = tableFromArrays({ n: Int32Array.from(n), text });
    for (const type of ['file', 'stream'] as const) {
      const path = file(`rows-${type}.arrow`, tableToIPC(table, type));
      expect(await Dataset.fromArrow(path).toArray()).toEqual(n.map((i) => ({ n: i, text: text[i] })));
      expect(
        await Dataset.fromArrow(path, { columns: ['text'] })
          .take(1)
          .toArray(),
      ).toEqual([{ text: 'row 0' }]);
    }
  });

  it('say how to install what is missing', () => {
    expect(() => loadPeer('stemma-has-no-such-peer', 'fromParquet')).toThrow(
      'fromParquet needs the package stemma-has-no-such-peer, which is not installed; install it with: npm install stemma-has-no-such-peer',
    );
  });
});
