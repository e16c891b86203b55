import type { TransformFacts } from '../util/described';
import { columnsOf } from './cells';
import { columnFunction } from './column-function';
import type { HasColumns } from './fitted-transform';

/** What `selectColumns` returns. */
export interface SelectColumns<K extends string> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): { [name in keyof T as name extends K ? name : never]: T[name] };
}

/**
 * Keeps these columns of records, in this order, as polars' `select`.
 *
 * @throws TypeError for invalid or duplicate names; on an item that lacks a column.
 * @example
 * const rows = Dataset.fromArray([{ age: 22, port: 'S', id: 7 }]);
 * await rows.map(selectColumns(['port', 'age'])).toArray(); // [{ port: 'S', age: 22 }]
 */
export function selectColumns<const K extends string>(columns: K | readonly K[]): SelectColumns<K> {
  const name = 'selectColumns';
  const kept = columnsOf(columns, name);
  return columnFunction(name, kept, { columns: kept }, (row) =>
    Object.fromEntries(kept.map((column) => [column, row[column]])),
  ) as SelectColumns<K>;
}
