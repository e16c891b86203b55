import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample, Summary } from 'stemma-document';
import { columnsOf, orderBy } from '../../../views/src/details/columns';

const sample = (value: Summary, index = 0): Sample => ({ index, run: 'r', origins: [], omittedOrigins: 0, value });
const record = (fields: Record<string, Summary>): Summary => ({
  type: 'record',
  omitted: 0,
  fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});
const number = (value: number): Summary => ({ type: 'number', value });
const text = (value: string): Summary => ({ type: 'text', text: value, length: value.length });
const NULL: Summary = { type: 'null' };

describe('the columns of a table of samples', () => {
  it('are the fields of all records, in the order in which they appear', () => {
    const columns = columnsOf([record({ a: number(1) }), record({ b: text('x'), a: NULL })].map((one) => sample(one)));
    expect(columns.map(({ name, isNumeric }) => [name, isNumeric])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(columns[1]?.cells[0]).toBeNull();
  });

  it('are one without a name where the samples are no records', () => {
    expect(columnsOf([sample(number(3))])).toMatchObject([{ name: '', isNumeric: true }]);
  });
});

describe('the order of rows', () => {
  const value = fc.option(fc.oneof(fc.integer().map(number), fc.string().map(text), fc.constant(NULL)));

  it('has every row once, and what is missing last, whichever way', () => {
    fc.assert(
      fc.property(fc.array(value), fc.boolean(), (cells, isDescending) => {
        const order = orderBy({ name: '', cells, isNumeric: false }, isDescending);
        expect([...order].sort((a, b) => a - b)).toEqual(cells.map((_, row) => row));
        const missing = order.map((row) => cells[row] === null || cells[row]?.type === 'null');
        expect(missing).toEqual([...missing].sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });

  it('is that of the numbers, and backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const column = { name: '', cells: numbers.map(number), isNumeric: true };
        const sorted = [...numbers].sort((a, b) => a - b);
        expect(orderBy(column, false).map((row) => numbers[row])).toEqual(sorted);
        expect(orderBy(column, true).map((row) => numbers[row])).toEqual(sorted.reverse());
      }),
    );
  });
});
