import { describe, expect, it } from 'vitest';
import { type CsvOptions, Dataset } from 'stemma';
import { dataFiles } from '../../../support/data-file';

const file = dataFiles();
const path = file('data.csv', 'a,b\n1,2\n');
const csv = (options: object) => (): unknown => Dataset.fromCsv(path, options as CsvOptions);

describe('options of sources that JavaScript lets through', () => {
  const names = 'number, float, bigint, text, boolean, date';
  it.each([
    [
      { type: 'number' },
      `expected a record only for dates, { type: 'date', … }, and else the name of a type (${names}), got { type: "number" }`,
    ],
    [{}, 'got { type: undefined }'],
    [{ type: 'date', fromat: '%Y' }, 'unknown option "fromat" of the column "a": did you mean format?'],
    [{ type: 'date', format: 5 }, 'invalid format of the column "a": expected a text, got 5'],
    [{ type: 'date', timeZone: 5 }, 'invalid timeZone of the column "a": expected a text, got 5'],
    [{ type: 'date', truncate: 'yes' }, 'invalid truncate of the column "a": expected true or false, got "yes"'],
    [['number'], 'got a list'],
    [null, `expected ${names}, got null`],
    [5n, 'got 5n'],
    [Symbol('x'), 'got Symbol(x)'],
    [() => 1, 'got a function'],
  ])('the type of a column: %s', (type, message) => {
    expect(csv({ types: { a: type } })).toThrow(message);
  });

  it.each<[string, () => unknown, string]>([
    [
      'types',
      csv({ types: new Map([['a', 'text']]) }),
      "invalid types of fromCsv: expected 'infer', 'text', or a record",
    ],
    ['nullValues', csv({ nullValues: 5 }), 'invalid nullValues of fromCsv: expected a text, or a list of texts, got 5'],
    ['nullValues', csv({ nullValues: ['NA', null] }), 'a list of texts, got null'],
    [
      'at',
      () => Dataset.fromJson(path, { at: [5] as never }),
      'invalid at of fromJson: expected a text, or a list of texts, got 5',
    ],
    [
      'glob',
      () => Dataset.fromFolder('.', { glob: Symbol('x') as never }),
      'invalid glob of fromFolder: expected a text, or a list of texts, got Symbol(x)',
    ],
    [
      'extensions',
      () => Dataset.fromFolder('.', { extensions: [5] as never }),
      'invalid extensions of fromFolder: expected a text',
    ],
    [
      'columns',
      () => Dataset.fromParquet(path, { columns: [5] as never }),
      'invalid columns of fromParquet: expected a text',
    ],
    [
      'columns',
      () => Dataset.fromArrow(path, { columns: [null] as never }),
      'invalid columns of fromArrow: expected a text',
    ],
  ])('%s', (_, declare, message) => {
    expect(declare).toThrow(TypeError);
    expect(declare).toThrow(message);
  });
});
