import type { ColumnType } from './column-types';
import type { CsvTypes } from './csv-options';

/** The values of a column type. */
type ValueOf<T> = T extends 'number' | 'float'
  ? number
  : T extends 'bigint'
    ? bigint
    : T extends 'text'
      ? string
      : T extends 'boolean'
        ? boolean
        : T extends 'date' | { readonly type: 'date' }
          ? Date
          : never;

/** The value of the column `Name`. */
type FieldOf<Name, Types> = Types extends 'text'
  ? string | null
  : Types extends { readonly [column: string]: ColumnType }
    ? Name extends keyof Types
      ? ValueOf<Types[Name]> | null
      : string | number | null
    : string | number | null;

/** One type in place of several. */
type Flat<T> = { [name in keyof T]: T[name] };

/**
 * The row of a file of CSV. With `columns`, else a given `header`, it has these names; else those of `types`, and any
 * other one. All columns may hold null.
 */
export type CsvRow<
  Header extends string = string,
  Columns extends string = string,
  Types extends CsvTypes = 'infer',
> = string extends Columns
  ? string extends Header
    ? Types extends { readonly [column: string]: ColumnType }
      ? string extends keyof Types
        ? { [column: string]: FieldOf<string, Types> | string | number }
        : Flat<{ [name in keyof Types]: FieldOf<name, Types> } & { [column: string]: string | number | null }>
      : { [column: string]: FieldOf<string, Types> }
    : { [name in Header]: FieldOf<name, Types> }
  : { [name in Columns]: FieldOf<name, Types> };
