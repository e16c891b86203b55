import { inWords } from '../util/check';
import type { TransformFacts } from '../util/described';
import { columnFunction } from './column-function';
import type { HasColumns } from './fitted-transform';

/** New names by the old ones. */
export interface NewNames {
  readonly [column: string]: string;
}

/** What `renameColumns` returns. */
export interface RenameColumns<N extends NewNames> extends TransformFacts {
  <T extends object>(
    row: T & HasColumns<T, keyof N & string>,
  ): { [name in keyof T as name extends keyof N ? N[name] : name]: T[name] };
}

/**
 * Renames columns of records, as polars' `rename`; their order stays.
 *
 * @throws TypeError for invalid or duplicate names; on an item that lacks a column, or already has one of the new
 *   names.
 * @example
 * const rows = Dataset.fromArray([{ Age: 22, Port: 'S' }]);
 * await rows.map(renameColumns({ Age: 'age' })).toArray(); // [{ age: 22, Port: 'S' }]
 */
export function renameColumns<const N extends NewNames>(names: N): RenameColumns<N> {
  const name = 'renameColumns';
  const given: [string, unknown][] = typeof names === 'object' && names !== null ? Object.entries(names) : [];
  const isRight = given.length > 0 && given.every(([, to]) => typeof to === 'string');
  if (Array.isArray(names) || !isRight || new Set(given.map(([, to]) => to)).size < given.length)
    throw new TypeError(
      `invalid names of ${name}: expected a record of different new names by the old ones, such as { Age: 'age' }, got ${inWords(names)}`,
    );
  const targets = new Map(given as [string, string][]);
  const columns = [...targets.keys()];
  return columnFunction(name, columns, { names: { ...names } }, (row) => {
    const entries = Object.entries(row).map(([column, value]) => [targets.get(column) ?? column, value] as const);
    const result = Object.fromEntries(entries);
    if (Object.keys(result).length === entries.length) return result;
    const taken = [...targets.values()].find((to) => Object.hasOwn(row, to) && !targets.has(to));
    throw new TypeError(`invalid item of ${name}: there is a column ${inWords(taken)} already, which would be lost`);
  }) as RenameColumns<N>;
}
