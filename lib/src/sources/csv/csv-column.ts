import { setField } from '../../util/set-field';
import type { ColumnType, NumberStyle, Reader } from './column-types';
import { inferredNumbers, objection, readerOf } from './column-types';

/** How a column's fields become values, for all files of a run. */
export interface CsvColumn {
  readonly name: string;
  /** Null where it is inferred. */
  readonly type: ColumnType | null;
  /** Null: they are left as they are. Undefined: nothing is known yet, since all so far were null. */
  reader: Reader | null | undefined;
  readonly nulls: ReadonlySet<string>;
  readonly style: NumberStyle;
}

export function csvColumn(
  name: string,
  type: ColumnType | null,
  { nulls, style }: Pick<CsvColumn, 'nulls' | 'style'>,
): CsvColumn {
  return { name, type, nulls, style, reader: type === null ? undefined : readerOf(type, name, style) };
}

/**
 * Sets the column in the first `count` records, from the fields at `at` in as many rows. A column of which nothing is known yet has its type
 * from then on. Returns how many rows there are before the first with a field that is no such value; `count` if there is none.
 */
export function fillColumn(
  column: CsvColumn,
  rows: readonly (readonly string[])[],
  at: number,
  records: readonly object[],
  count: number,
): number {
  if (column.reader === undefined) infer(column, rows, at, count);
  const { name, reader, nulls } = column;
  for (let r = 0; r < count; r++) {
    const text = rows[r]![at]!;
    const value = isNull(text, nulls) ? null : reader == null ? text : reader(text);
    if (value === undefined) return r;
    setField(records[r]!, name, value);
  }
  return count;
}

/** The empty text is one of them, and by far the most common. */
const isNull = (text: string, nulls: ReadonlySet<string>): boolean =>
  text === '' || (nulls.size > 1 && nulls.has(text));

/** It is of numbers if all its fields are, and one of them is finite: a column of nothing but `nan` is one of texts. */
function infer(column: CsvColumn, rows: readonly (readonly string[])[], at: number, count: number): void {
  const read = inferredNumbers(column.style);
  let isAny = false;
  let isFinite = false;
  for (let r = 0; r < count; r++) {
    const text = rows[r]![at]!;
    if (isNull(text, column.nulls)) continue;
    const value = read(text);
    isAny = true;
    if (value === undefined) {
      column.reader = null;
      return;
    }
    isFinite ||= Number.isFinite(value);
  }
  if (isAny) column.reader = isFinite ? read : null;
}

/** Why a field is none of its column's values, and what to do. */
export function whyNot({ name, type, style }: CsvColumn, text: string): string {
  if (type !== null) return objection(type, text, style);
  return `which is no number, as all before it were; give its type: types: { ${JSON.stringify(name)}: 'text' }`;
}
