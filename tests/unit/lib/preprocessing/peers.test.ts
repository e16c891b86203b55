import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as stemma from 'stemma';
import { Dataset, type Estimator, type Linear, type Tensor } from 'stemma';
import { inRoot } from '../../../../scripts/support/paths.mjs';

/** What scikit-learn makes of a table; `tests/fixtures/make-preprocessing.py` says how. */
interface Peers {
  /** The first rows, on which it was fitted. */
  fitted: number;
  table: { [column: string]: (number | string | boolean | null)[] };
  cases: { transform: string; options: { [name: string]: unknown }; column: string; values: unknown[] }[];
}

const file = inRoot('tests', 'fixtures', 'preprocessing', 'peers.json');
const { fitted, table, cases } = JSON.parse(readFileSync(file, 'utf8')) as Peers;

type Row = { [column: string]: unknown };
type Made = Estimator<string, 'number', Linear> & ((row: Row) => Row);
const factories = stemma as unknown as { [name: string]: (column: string, options: object) => Made };
const rowsOf = (column: string): Row[] => table[column]!.map((value) => ({ [column]: value, other: 'stays' }));

/** Tensors as lists. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? [...(value as Tensor<Float32Array>).data] : value;

/** Largest difference, in units of the expected value where that is above 1. */
function expectClose(actual: unknown, expected: unknown): void {
  if (typeof expected !== 'number') return expect(actual).toEqual(expected);
  expect(typeof actual).toBe('number');
  expect(Math.abs((actual as number) - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-6);
}

describe('what was fitted makes of a table what scikit-learn makes of it', () => {
  it.each(cases)('$transform $options of $column', async ({ transform, options, column, values }) => {
    const rows = rowsOf(column);
    const made = factories[transform]!(column, options);
    const isEncoder = transform.endsWith('Encoder');
    const train = Dataset.fromArray(isEncoder ? rows : rows.slice(0, fitted));
    const apply = 'fit' in made ? await made.fit(train) : (made as (row: Row) => Row);
    const results = await Dataset.fromArray(rows)
      .map((row) => apply(row))
      .toArray();
    results.forEach((row, i) => {
      expectClose(plain(row[column]), values[i]);
      expect(row.other).toBe('stays');
    });
  });
});
