import { Int64, Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import * as fc from 'fast-check';
import { parquetWriteFile } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dataset, type OnError, PipelineError, type Process, provenance } from 'stemma';
import { SESSION_KEY } from 'stemma/host';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
const recordOf = (label: string): Process =>
  provenance
    .document()
    .processes.filter((process) => process.label === label)
    .at(-1)!;
const types = { n: 'number' } as const;
const forget = (): void => void Reflect.deleteProperty(globalThis, SESSION_KEY);

// What is declared again at one place shares a record.
beforeEach(forget);

const csv = file('rows.csv', 'n,t\n1,a\nx,b\n3\n4,d\n5,e,f\n6,g\n');
const jsonLines = file(
  'rows.jsonl',
  Buffer.concat([
    Buffer.from('{"n":1}\n\n{"n":\n{"n":"\n'.slice(0, -1)),
    Buffer.from([0xe9]),
    Buffer.from('"}\r\n{"n":4}\n{"n":9007199254740993}\n{"n":1,"n":2}\n{"n":6}'),
  ]),
);
const textLines = file(
  'lines.txt',
  Buffer.concat([Buffer.from('a\r'), Buffer.from([0xe9, 0xe8]), Buffer.from('\nb\n'), Buffer.from([0xc3])]),
);
const parquet = file('rows.parquet', '');
parquetWriteFile({
  filename: parquet,
  columnData: [{ name: 'n', data: [1n, 2n ** 60n, 3n, 4n, -(2n ** 60n)], type: 'INT64' }],
  rowGroupSize: 2,
});
const arrow = file(
  'rows.arrow',
  tableToIPC(new Table({ n: vectorFromArray([1n, 2n ** 60n, 3n, 4n, -(2n ** 60n)], new Int64()) }), 'file'),
);

/** A source, what is left of it, with the lines or rows that they are in, and where what was left out is. */
const sources: {
  [name: string]: {
    open: (onError?: OnError) => Dataset<unknown>;
    kept: unknown[];
    places: number[];
    bad: (number | string)[][];
  };
} = {
  fromCsv: {
    open: (onError) => Dataset.fromCsv(csv, { types, onError, identifier: 'fromCsv' }),
    kept: [
      { n: 1, t: 'a' },
      { n: 4, t: 'd' },
      { n: 6, t: 'g' },
    ],
    places: [2, 5, 7],
    bad: [
      [1, `${csv} line 3`, '"n" in line 3 is "x", which is not a number'],
      [2, `${csv} line 4`, 'line 4 has 1 field, but expected 2'],
      [4, `${csv} line 6`, 'line 6 has 3 fields, but expected 2'],
    ],
  },
  fromJsonLines: {
    open: (onError) => Dataset.fromJsonLines(jsonLines, { onError, identifier: 'fromJsonLines' }),
    kept: [{ n: 1 }, { n: 4 }, { n: 6 }],
    places: [1, 5, 8],
    bad: [
      [1, `${jsonLines} line 3`, 'line 3 is not valid JSON'],
      [2, `${jsonLines} line 4`, 'line 4 is not in UTF-8: invalid byte 0xE9'],
      [4, `${jsonLines} line 6`, 'line 6: the number "9007199254740993"'],
      [5, `${jsonLines} line 7`, 'line 7: the key "n" is there twice'],
    ],
  },
  fromTextLines: {
    open: (onError) => Dataset.fromTextLines(textLines, { onError, identifier: 'fromTextLines' }),
    kept: ['a', 'b'],
    places: [1, 3],
    bad: [
      [1, `${textLines} line 2`, 'line 2 is not in UTF-8: invalid byte 0xE9 at offset 2'],
      [3, `${textLines} line 4`, 'line 4: the text ends in the middle of a character'],
    ],
  },
  fromParquet: {
    open: (onError) => Dataset.fromParquet(parquet, { integers: 'number', onError, identifier: 'fromParquet' }),
    kept: [{ n: 1 }, { n: 3 }, { n: 4 }],
    places: [1, 3, 4],
    bad: [
      [1, `${parquet} row 2`, 'column "n" in row 2'],
      [4, `${parquet} row 5`, 'column "n" in row 5'],
    ],
  },
  fromArrow: {
    open: (onError) => Dataset.fromArrow(arrow, { integers: 'number', onError, identifier: 'fromArrow' }),
    kept: [{ n: 1 }, { n: 3 }, { n: 4 }],
    places: [1, 3, 4],
    bad: [
      [1, `${arrow} row 2`, 'column "n" in row 2'],
      [4, `${arrow} row 5`, 'column "n" in row 5'],
    ],
  },
};

describe.each(Object.entries(sources))('%s', (kind, { open, kept, places, bad }) => {
  it('leaves out what cannot be read, counted, with its place and reason in the record', async () => {
    expect(await open('skip').toArray()).toEqual(kept);
    const { options, execution } = recordOf(kind);
    expect(options.onError).toBe('skip');
    expect(execution).toMatchObject({ state: 'complete', itemsOut: kept.length, skipped: bad.length, failed: 0 });
    expect(execution.skippedItems.map(({ index, origin }) => [index, origin])).toEqual(
      bad.map(([index, origin]) => [index, origin]),
    );
    bad.forEach(([, , reason], i) => expect(execution.skippedItems[i]!.message).toContain(reason));
  });

  it('counts the same ones again in the next epoch, and keeps their reasons once', async () => {
    const source = open('skip');
    for (let epoch = 0; epoch < 2; epoch++) expect(await source.count()).toBe(kept.length);
    const { execution } = recordOf(kind);
    expect(execution.skipped).toBe(2 * bad.length);
    expect(execution.skippedItems).toHaveLength(bad.length);
  });

  it('ends the run by default, behind what came before, and names the place', async () => {
    const [first] = bad;
    const emitted: unknown[] = [];
    const failing = open().forEach((item) => void emitted.push(item));
    const error = (await failing.catch((thrown: unknown) => thrown)) as PipelineError;
    expect(error).toBeInstanceOf(PipelineError);
    expect([error.index, error.origin]).toEqual(first!.slice(0, 2));
    expect(error.message).toContain(first![2]);
    expect(emitted).toEqual(kept.slice(0, first![0] as number));
    expect(recordOf(kind).options).not.toHaveProperty('onError');
    expect(recordOf(kind).execution).toMatchObject({ state: 'failed', skipped: 0, failed: 1 });
  });

  it('lets a handler decide, with the error and what there is of the record', async () => {
    const seen: unknown[][] = [];
    const run = open((error, item) => {
      seen.push([(error as PipelineError).index, item]);
      return seen.length < 2 ? 'skip' : 'throw';
    }).toArray();
    await expect(run).rejects.toThrow(bad[1]![2] as string);
    expect(seen.map(([index]) => index)).toEqual([bad[0]![0], bad[1]![0]]);
    expect(seen[0]![1]).toBeDefined();
    expect(recordOf(kind).options.onError).toBe('handler');
    expect(recordOf(kind).execution).toMatchObject({ skipped: 1, failed: 1 });
    const throwing = open(() => {
      throw new Error('a mistake of its own');
    });
    await expect(throwing.toArray()).rejects.toThrow(/a mistake of its own; onError threw this when called with: /);
  });

  it('keeps the numbers of the rows behind what is left out', async () => {
    const failing = open('skip').map((_, i) => {
      void i;
      throw new Error('each');
    }, 'Fail');
    const error = (await failing.toArray().catch((thrown: unknown) => thrown)) as PipelineError;
    const origins: (string | null)[] = [];
    await open('skip')
      .map(() => Promise.reject(new Error('each')), {
        onError: (thrown) => (origins.push((thrown as PipelineError).origin), 'skip'),
      })
      .count();
    expect(origins[0]).toBe(error.origin);
    expect(origins.map((origin) => Number(/(\d+)$/.exec(origin!)![1]))).toEqual(places);
  });

  it('refuses what is no onError', () => {
    expect(() => open('ignore' as never)).toThrow(
      `invalid onError of ${kind}: expected 'throw', 'skip' or a function, got "ignore"`,
    );
  });
});

describe('the way out', () => {
  it.each([
    ['a row of CSV', () => Dataset.fromCsv(csv, { types })],
    ['a line of JSON', () => Dataset.fromJsonLines(jsonLines)],
    ['a row of Parquet', () => Dataset.fromParquet(parquet, { integers: 'number' })],
    ['a row of Arrow', () => Dataset.fromArrow(arrow, { integers: 'number' })],
  ])('is named for %s', async (_, open) => {
    await expect((open() as Dataset<unknown>).toArray()).rejects.toThrow(
      /; to leave out what fails, pass onError: 'skip'$/,
    );
  });

  it.each([
    ['another encoding', () => Dataset.fromTextLines(textLines), /pass it, e\.g\. encoding: 'latin1'$/],
    [
      'another delimiter',
      () => Dataset.fromCsv(file('semi.csv', 'a;b\n1,5;2\n')),
      /pass delimiter: ";", decimal: ','$/,
    ],
    ['a document', () => Dataset.fromJsonLines(file('pretty.json', '[\n1\n]')), /is read with Dataset\.fromJson$/],
  ])('is not to leave records out where the file is to be read otherwise: %s', async (_, open, message) => {
    await expect((open() as Dataset<unknown>).toArray()).rejects.toThrow(message);
  });
});

describe('what ends a file', () => {
  const LAST = 'onError leaves out single records; behind this error none can be found';
  it.each<[string, () => Dataset<unknown>]>([
    ['text behind a quote', () => Dataset.fromCsv(file('q.csv', 'a\n1\n"x"y\n2\n'), { onError: 'skip' })],
    ['a quote that is never closed', () => Dataset.fromCsv(file('o.csv', 'a\n1\n"x\n2\n'), { onError: 'skip' })],
    [
      'bytes in CSV',
      () => Dataset.fromCsv(file('b.csv', Buffer.from('a\n1\n\xe9\n2\n', 'latin1')), { onError: 'skip' }),
    ],
    ['a header', () => Dataset.fromCsv(file('h.csv', 'a,a\n1,2\n'), { onError: 'skip' })],
    [
      'bytes of another encoding',
      () =>
        Dataset.fromTextLines(file('u.txt', Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x61, 0])), { onError: 'skip' }),
    ],
    ['cut gzip', () => Dataset.fromCsv(file('z.csv', gzipSync('a\n1\n').subarray(0, 20)), { onError: 'skip' })],
    ['a document', () => Dataset.fromJsonLines(file('one.json', '[{"a":1}]'), { onError: 'skip' })],
    [
      'a column that is not there',
      () => Dataset.fromArrow(arrow, { integers: 'number', columns: ['m'], onError: 'skip' }),
    ],
  ])('is refused although onError is given, with the reason: %s', async (_, open) => {
    await expect(open().toArray()).rejects.toThrow(LAST);
  });

  it('is no value of a column that is not read', async () => {
    const table = new Table({
      n: vectorFromArray([1n, 2n ** 60n, 3n], new Int64()),
      m: vectorFromArray([2n ** 60n, 2n ** 60n, 4n], new Int64()),
    });
    const path = file('two.arrow', tableToIPC(table, 'file'));
    const read = (columns?: string[]): Promise<unknown[]> =>
      Dataset.fromArrow(path, { integers: 'number', onError: 'skip', columns, identifier: 'Two' }).toArray();
    expect(await read()).toEqual([{ n: 3, m: 4 }]);
    expect(
      recordOf('Two').execution.skippedItems.map(({ message }) => /column "\w" in row \d/.exec(message)![0]),
    ).toEqual(['column "m" in row 1', 'column "n" in row 2']);
    expect(await read(['n'])).toEqual([{ n: 1 }, { n: 3 }]);
  });

  it('is all of a source that reads no records: onError is unknown there', () => {
    const given = { onError: 'skip' } as never;
    for (const open of [
      () => Dataset.fromJson(jsonLines, given),
      () => Dataset.range(3, given),
      () => Dataset.fromArray([1], given),
      () => Dataset.fromGenerator(function* () {}, given),
    ])
      expect(open).toThrow(/unknown option "onError" of \w+: .*; do what may fail in a map with onError/);
  });
});

describe('rows that are left out', () => {
  const row = fc.constantFrom('1,a', '2,b', 'x,c', '3', '4,d,e', ',f', '');
  const good = (text: string): boolean => ['1,a', '2,b', ',f'].includes(text);

  it('are those, wherever they stand, in several files and behind the sample, as of a model', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(0, 4_100),
        async (parts, before) => {
          forget();
          const paths = parts.map((rows, i) =>
            file(`part-${i}.csv`, ['n,t', ...Array<string>(before).fill('1,a'), ...rows, ''].join('\n')),
          );
          const source = Dataset.fromCsv(paths, { types, onError: 'skip', identifier: 'Model' });
          const expected = parts
            .flatMap((rows) => [...Array<string>(before).fill('1,a'), ...rows])
            .filter((r) => r !== '');
          const kept = expected.filter(good);
          expect((await source.toArray()).map(({ n, t }) => `${n ?? ''},${t}`)).toEqual(kept);
          expect(recordOf('Model').execution.skipped).toBe(expected.length - kept.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('may be all of them', async () => {
    const rows = 20_000;
    const path = file('all.csv', `n,t\n${'x,a\n'.repeat(rows)}`);
    expect(await Dataset.fromCsv(path, { types, onError: 'skip', identifier: 'All' }).count()).toBe(0);
    expect(recordOf('All').execution.skipped).toBe(rows);
  });

  it('are the lines with bytes that are no UTF-8, however long they are', async () => {
    const long = 'é'.repeat(70_000);
    const bytes = [Buffer.from('a\n'), Buffer.from([0xff]), Buffer.from(`${long}\n${long}\nb`)];
    const path = file('long.txt', Buffer.concat(bytes));
    expect(await Dataset.fromTextLines(path, { onError: 'skip' }).toArray()).toEqual(['a', long, 'b']);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.uint8Array({ maxLength: 4 }).map((line) => line.map((b) => ([0, 10, 13].includes(b) ? 97 : b))),
          {
            minLength: 1,
          },
        ),
        async (lines) => {
          // What begins with a mark, or with NUL bytes, is something else.
          const all = [Uint8Array.of(97), ...lines, Uint8Array.of(97)];
          const content = Buffer.concat(all.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
          const valid = all.flatMap((line) => {
            try {
              return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
            } catch {
              return [];
            }
          });
          expect(await Dataset.fromTextLines(file('any.txt', content), { onError: 'skip' }).toArray()).toEqual(valid);
        },
      ),
      { numRuns: 200 },
    );
  });
});
