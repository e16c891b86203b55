import { join } from 'node:path';
import fc from 'fast-check';
import { type PipelineError, Dataset } from 'stemma';
import { describe, expect, it } from 'vitest';
import { FileLines } from '../../../../lib/src/sources/files/file-lines';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/columnar', name);

/** What errors say of where the items of a dataset come from. */
async function places<T>(ds: Dataset<T>): Promise<[item: T, place: string][]> {
  const found: [T, string][] = [];
  const fail = (): never => {
    throw new Error('no');
  };
  const onError = (error: Error, item: unknown): 'skip' => {
    found.push([item as T, (error as PipelineError).origin!]);
    return 'skip';
  };
  await ds.map(fail, { onError }).count();
  return found;
}

/** What stands in a file of CSV between its header and its end: rows by their name, and what is no row. */
const pieces = fc.array(fc.constantFrom('row', '', '# a comment', '"two\nlines",1', '"three\n\nlines",2'), {
  maxLength: 12,
});

describe('the place of an item', () => {
  it('is the line of the file as an editor counts it, in CSV and JSON Lines', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, pieces, async (...parts) => {
        const csv = parts.map((part, n) =>
          file(`law-${n}.csv`, ['name,n', ...part.map((one, i) => (one === 'row' ? `row ${i},0` : one))].join('\n')),
        );
        const lines = (text: string[]): string[] => text.join('\n').split('\n');
        const expected = parts.flatMap((part, n) =>
          part.flatMap((one, i) =>
            one === 'row' ? `${csv[n]} line ${lines(['name,n', ...part.slice(0, i)]).length + 1}` : [],
          ),
        );
        const rows = Dataset.fromCsv<{ name: string }>(csv, { comment: '#' });
        // Twice: a later run finds them where they were.
        for (let run = 0; run < 2; run++)
          expect((await places(rows)).flatMap(([{ name }, place]) => (name.startsWith('row') ? place : []))).toEqual(
            expected,
          );
      }),
      { numRuns: 40 },
    );
    const jsonl = file('a.jsonl', '1\n\n2\n \n\n3\n');
    expect(await places(Dataset.fromJsonLines([jsonl, jsonl]))).toEqual(
      [1, 2].flatMap(() => [
        [1, `${jsonl} line 1`],
        [2, `${jsonl} line 3`],
        [3, `${jsonl} line 6`],
      ]),
    );
    const text = file('a.txt', 'a\n\nb\n');
    expect((await places(Dataset.fromTextLines(text))).map(([, place]) => place)).toEqual(
      [1, 2, 3].map((line) => `${text} line ${line}`),
    );
  });

  it('is the same line for a record that cannot be read as for one that a later step refuses', async () => {
    const csv = file('bad.csv', 'n\n1\n\nx\n2\n');
    const jsonl = file('bad.jsonl', '{"n":1}\n\nx\n{"n":2}\n');
    for (const [ds, bad, behind] of [
      [
        Dataset.fromCsv<{ n: number }>(csv, { types: { n: 'number' }, onError: 'skip' }),
        `${csv} line 4`,
        `${csv} line 5`,
      ],
      [Dataset.fromJsonLines<{ n: number }>(jsonl, { onError: 'skip' }), `${jsonl} line 3`, `${jsonl} line 4`],
    ] as const) {
      const seen = await places(ds);
      expect(seen.at(-1)).toEqual([{ n: 2 }, behind]);
      await expect(Dataset.fromCsv(csv, { types: { n: 'number' } }).count()).rejects.toMatchObject({
        origin: `${csv} line 4`,
      });
      expect(bad).toMatch(/line [34]$/);
    }
    await expect(Dataset.fromJsonLines(jsonl).count()).rejects.toMatchObject({ origin: `${jsonl} line 3` });
  });

  it('is the row of a columnar file, from 1; an item in memory and in a JSON document is counted from 0', async () => {
    const parquet = fixture('snappy.parquet');
    expect((await places(Dataset.fromParquet(parquet))).slice(0, 2).map(([, place]) => place)).toEqual(
      [1, 2].map((row) => `${parquet} row ${row}`),
    );
    const json = file('a.json', '[5, 6]');
    expect(await places(Dataset.fromJson(json))).toEqual([[5, `${json} item 0`], [6, `${json} item 1`]]); // prettier-ignore
    expect(await places(Dataset.fromArray(['a'], 'Words'))).toEqual([['a', 'Words item 0']]);
  });
});

it('lines of rows are found again, whichever were noted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 30 }), (steps) => {
      const lines = new FileLines();
      const expected: number[] = [];
      let line = 0;
      for (const step of steps) expected.push((line += step));
      for (let run = 0; run < 2; run++) expected.forEach((at, row) => lines.note(row, at));
      expect(expected.map((_, row) => lines.lineOf(row))).toEqual(expected);
      // The file was written again, with other blank lines.
      const later = expected.map((at, row) => at + (row > 2 ? 2 : 1));
      later.forEach((at, row) => lines.note(row, at));
      expect(later.map((_, row) => lines.lineOf(row))).toEqual(later);
    }),
  );
});
