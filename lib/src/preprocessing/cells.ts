/** What may stand in a column, and errors that say where something else does. */
import { inWords } from '../util/check';

/** A record with columns. */
export interface Row {
  readonly [column: string]: unknown;
}

/** A value of a column of categories. */
export type Category = string | number | boolean;

/** null, undefined and NaN, as pandas has it. */
export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

/** @throws TypeError for anything but a finite number. */
export function numberIn(value: unknown, column: string, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const advice =
    typeof value === 'string' ? `: read the column as numbers, as with types: { ${column}: 'number' }` : '';
  throw new TypeError(
    `invalid value of column ${inWords(column)} for ${name}: expected a finite number, got ${inWords(value)}${advice}`,
  );
}

/** A category; one for all missing values. @throws TypeError for anything else. */
export function categoryIn(value: unknown, column: string, name: string): Category | null {
  if (isMissing(value)) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as Category;
  throw new TypeError(
    `invalid value of column ${inWords(column)} for ${name}: expected a text, a number or a boolean, got ${inWords(value)}`,
  );
}

/** @throws TypeError unless `item` is a record that has all columns. */
export function rowOf(item: unknown, columns: readonly string[], name: string): Row {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw new TypeError(`invalid item of ${name}: expected a record, got ${inWords(item)}`);
  for (const column of columns)
    if (!Object.hasOwn(item, column))
      throw new TypeError(
        `invalid item of ${name}: expected a column ${inWords(column)}, got ${Object.keys(item).map(inWords).join(', ') || 'none'}`,
      );
  return item as Row;
}

/** @throws TypeError unless these are names, each of them once. */
export function columnsOf(given: unknown, name: string): string[] {
  const columns: unknown[] = Array.isArray(given) ? given : [given];
  const isRight = columns.length > 0 && columns.every((column) => typeof column === 'string');
  if (!isRight || new Set(columns).size < columns.length)
    throw new TypeError(
      `invalid columns of ${name}: expected a name or a list of different names, got ${inWords(given)}`,
    );
  return columns as string[];
}
