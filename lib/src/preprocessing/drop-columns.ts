import type { TransformFacts } from '../util/described';
import { columnsOf } from './cells';
import { columnFunction } from './column-function';
import type { HasColumns } from './fitted-transform';

/** What `dropColumns` returns. */
export interface DropColumns<K extends string> extends TransformFacts {
  <T extends object>(row: T & HasColumns<T, K>): { [name in keyof T as name extends K ? never : name]: T[name] };
}

/**
 * Drops columns of records, as polars' `drop`.
 *
 * @throws TypeError for invalid or duplicate names; on an item that lacks a column.
 * @example
 * const rows = Dataset.fromArray([{ age: 22, port: 'S', id: 7 }]);
 * await rows.map(dropColumns('id')).toArray(); // [{ age: 22, port: 'S' }]
 */
export function dropColumns<const K extends string>(columns: K | readonly K[]): DropColumns<K> {
  const name = 'dropColumns';
  const dropped = columnsOf(columns, name);
  const isDropped = new Set(dropped);
  return columnFunction(name, dropped, { columns: dropped }, (row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !isDropped.has(column))),
  ) as DropColumns<K>;
}
