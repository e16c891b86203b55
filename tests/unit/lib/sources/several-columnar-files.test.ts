import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Dictionary,
  Float64,
  Int32,
  Int64,
  Null,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/columnar', name);

/** Copies of fixtures in a folder of their own. */
function copies(name: string, files: { [copy: string]: string }): string {
  const within = join(folder, name);
  mkdirSync(within);
  for (const [copy, original] of Object.entries(files)) copyFileSync(fixture(original), join(within, copy));
  return within;
}

function arrow(name: string, columns: { [column: string]: Vector }): string {
  const file = join(folder, name);
  writeFileSync(file, tableToIPC(new Table(columns), 'file'));
  return file;
}

const texts = arrow('texts.arrow', { id: vectorFromArray(['a', 'b'], new Utf8()) });
const wholes = arrow('wholes.arrow', { id: vectorFromArray([1, 2], new Int32()) });
const floats = arrow('floats.arrow', { id: vectorFromArray([0.5], new Float64()) });
const longs = arrow('longs.arrow', { id: vectorFromArray([1n], new Int64()) });
const categories = arrow('categories.arrow', { id: vectorFromArray(['c'], new Dictionary(new Utf8(), new Int32())) });
const nothing = arrow('nothing.arrow', { id: vectorFromArray([null], new Null()) });
const wider = arrow('wider.arrow', { id: vectorFromArray(['a'], new Utf8()), more: vectorFromArray([1], new Int32()) });
const ids = async (files: string[], columns?: string[]): Promise<unknown[]> =>
  (await Dataset.fromArrow<{ id: unknown }>(files, columns && { columns }).toArray()).map(({ id }) => id);

describe('several columnar files', () => {
  it('are read in the order of their list, those of a pattern by their paths, as one process', async () => {
    const within = copies('parts', { 'b.parquet': 'gzip.parquet', 'a.parquet': 'snappy.parquet' });
    const one = await Dataset.fromParquet(fixture('snappy.parquet')).toArray();
    const all = Dataset.fromParquet(join(within, '*.parquet'), 'Parts');
    expect(await all.toArray()).toEqual([...one, ...one]);
    expect(await Dataset.fromParquet([join(within, 'b.parquet'), join(within, 'a.parquet')]).count()).toBe(
      2 * one.length,
    );
    const process = provenance.document().processes.find(({ label }) => label === 'Parts')!;
    expect(process.options).toMatchObject({ path: join(within, '*.parquet'), files: 2 });
    const fail = all.map((_, { signal: _signal }) => {
      throw new Error('no');
    });
    await expect(fail.toArray()).rejects.toThrow(`item 0 (${join(within, 'a.parquet')} row 1)`);
    expect(await ids([texts, categories])).toEqual(['a', 'b', 'c']);
  });

  it('may store numbers in other widths, and a column of nothing but null as any type', async () => {
    expect(await ids([wholes, floats])).toEqual([1, 2, 0.5]);
    expect(await ids([nothing, texts, nothing])).toEqual([null, 'a', 'b', null]);
  });

  it('of other columns, or other types, are errors that name the file, after all that came before it', async () => {
    const seen: unknown[] = [];
    const run = Dataset.fromArrow([wholes, longs]).forEach((row) => void seen.push(row));
    await expect(run).rejects.toThrow(
      `"${longs}" has other columns than "${wholes}": expected numbers in "id", got integers of 64 bits; read it by itself`,
    );
    expect(seen).toEqual([{ id: 1 }, { id: 2 }]);
    await expect(ids([wholes, texts])).rejects.toThrow('expected numbers in "id", got texts');
    await expect(ids([texts, wider])).rejects.toThrow(
      `"${wider}" has other columns than "${texts}": it has the column "more"`,
    );
    await expect(ids([wider, texts])).rejects.toThrow('it has no column "more"');
    const turned = arrow('turned.arrow', {
      more: vectorFromArray([2], new Int32()),
      id: vectorFromArray(['b'], new Utf8()),
    });
    const both = await Dataset.fromArrow<object>([wider, turned]).toArray();
    expect(both).toEqual([
      { id: 'a', more: 1 },
      { id: 'b', more: 2 },
    ]);
    expect(both.map((row) => Object.keys(row))).toEqual([
      ['id', 'more'],
      ['id', 'more'],
    ]);
    expect(await ids([texts, wider], ['id'])).toEqual(['a', 'b', 'a']);
    const parquet = Dataset.fromParquet([fixture('types.parquet'), fixture('names.parquet')]);
    await expect(parquet.toArray()).rejects.toThrow(`"${fixture('names.parquet')}" has other columns than`);
  });

  it('that are not there are errors', () => {
    const none = join(folder, '*.feather');
    for (const read of [Dataset.fromParquet, Dataset.fromArrow]) {
      expect(() => read.call(Dataset, none)).toThrow(`found no file that matches "${none}"`);
      expect(() => read.call(Dataset, [])).toThrow('expected at least one file, got an empty list');
    }
  });
});
