import { describe, expectTypeOf, it } from 'vitest';
import { type CsvOptions, type CsvRow, Dataset, type ItemOf } from 'stemma';

type Untyped = { [column: string]: string | number | null };

/** Never called: what counts is what the compiler says. */
export const rows = () => ({
  plain: Dataset.fromCsv('people.csv'),
  named: Dataset.fromCsv('people.csv', 'People'),
  given: Dataset.fromCsv<{ age: number }>('people.csv'),
  givenWithOptions: Dataset.fromCsv<{ age: number }>('people.csv', { delimiter: ';' }),
  anything: Dataset.fromCsv<any>('people.csv', { types: { age: 'date' } }), // eslint-disable-line @typescript-eslint/no-explicit-any
  delimited: Dataset.fromCsv(['a.csv', 'b.csv'], { delimiter: ';', nullValues: ['NA'] }),
  text: Dataset.fromCsv('people.csv', { types: 'text' }),
  typed: Dataset.fromCsv('people.csv', {
    types: {
      age: 'number',
      height: 'float',
      id: 'bigint',
      name: 'text',
      member: 'boolean',
      born: 'date',
      seen: { type: 'date', format: '%Y' },
    },
  }),
  columns: Dataset.fromCsv('people.csv', { columns: ['age', 'born', 'x'], types: { age: 'number', born: 'date' } }),
  textColumns: Dataset.fromCsv('people.csv', { columns: ['age'], types: 'text' }),
  header: Dataset.fromCsv('people.csv', { header: ['age', 'name'], types: { name: 'text' } }),
  headerAndColumns: Dataset.fromCsv('people.csv', { header: ['age', 'name'], columns: ['name'] }),
  noHeader: Dataset.fromCsv('people.csv', { header: false, columns: ['age', 'name'] }),
  anyOptions: Dataset.fromCsv('people.csv', {} as CsvOptions),
});
type Rows = { [name in keyof ReturnType<typeof rows>]: ItemOf<ReturnType<typeof rows>[name]> };

describe('the type of a row of CSV', () => {
  it('is of numbers and texts where nothing is given', () => {
    expectTypeOf<Rows['plain']>().toEqualTypeOf<Untyped>();
    expectTypeOf<Rows['named']>().toEqualTypeOf<Untyped>();
    expectTypeOf<Rows['delimited']>().toEqualTypeOf<Untyped>();
    expectTypeOf<CsvRow>().toEqualTypeOf<Untyped>();
  });

  it('is what is given', () => {
    expectTypeOf<Rows['given']>().toEqualTypeOf<{ age: number }>();
    expectTypeOf<Rows['givenWithOptions']>().toEqualTypeOf<{ age: number }>();
    expectTypeOf<Rows['anything']>().toBeAny();
  });

  it('follows the types', () => {
    expectTypeOf<Rows['text']>().toEqualTypeOf<{ [column: string]: string | null }>();
    expectTypeOf<Rows['typed']['age']>().toEqualTypeOf<number | null>();
    expectTypeOf<Rows['typed']['height']>().toEqualTypeOf<number | null>();
    expectTypeOf<Rows['typed']['id']>().toEqualTypeOf<bigint | null>();
    expectTypeOf<Rows['typed']['name']>().toEqualTypeOf<string | null>();
    expectTypeOf<Rows['typed']['member']>().toEqualTypeOf<boolean | null>();
    expectTypeOf<Rows['typed']['born']>().toEqualTypeOf<Date | null>();
    expectTypeOf<Rows['typed']['seen']>().toEqualTypeOf<Date | null>();
    expectTypeOf<Rows['typed'][string]>().toEqualTypeOf<string | number | null>();
  });

  it('has the names of the columns, where they are known', () => {
    expectTypeOf<Rows['columns']>().toEqualTypeOf<{
      age: number | null;
      born: Date | null;
      x: string | number | null;
    }>();
    expectTypeOf<Rows['textColumns']>().toEqualTypeOf<{ age: string | null }>();
    expectTypeOf<Rows['header']>().toEqualTypeOf<{ age: string | number | null; name: string | null }>();
    expectTypeOf<Rows['headerAndColumns']>().toEqualTypeOf<{ name: string | number | null }>();
    expectTypeOf<Rows['noHeader']>().toEqualTypeOf<{ age: string | number | null; name: string | number | null }>();
    expectTypeOf<Rows['anyOptions'][string]>().toEqualTypeOf<string | number | bigint | boolean | Date | null>();
  });
});

/** Never called: only its types count. */
export const refused = (): unknown[] => [
  // @ts-expect-error: there is no such type
  Dataset.fromCsv('a.csv', { types: { age: 'int' } }),
  // @ts-expect-error: there is no such option
  Dataset.fromCsv('a.csv', { delimeter: ';' }),
  // @ts-expect-error: there is no such column
  Dataset.fromCsv('a.csv', { columns: ['age'] }).map(({ name }) => name),
  // @ts-expect-error: it may be null
  Dataset.fromCsv('a.csv', { types: { age: 'number' } }).map(({ age }) => age + 1),
  // @ts-expect-error: the types are those of columns
  Dataset.fromCsv('a.csv', { types: ['number'] }),
  // @ts-expect-error: no file
  Dataset.fromTextLines(5),
  // @ts-expect-error: no way to hold a number
  Dataset.fromJsonLines('a.jsonl', { inexactNumbers: 'float' }),
];
