import { setField } from '../../util/set-field';
import { type ColumnType, inferredNumbers, readerOf } from './column-types';
import type { Reader } from './reader';
import type { NumberStyle } from './number-style';

/** How a column's fields become values, for all files of a run. */
export interface CsvColumn {
  readonly name: string;
  /** Null where it is inferred. */
  readonly type: ColumnType | null;
  /** Null: the texts stay. Undefined: not known yet, since all values so far were null. */
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
 * Sets the column in `records`, the first of them from the field at `at` in the row `from`. Returns how many records
 * come before the first one whose field is no such value; their number if there is none.
 */
export function fillColumn(
  { name, reader, nulls }: CsvColumn,
  rows: readonly (readonly string[])[],
  at: number,
  from: number,
  records: readonly object[],
): number {
  for (let r = 0; r < records.length; r++) {
    const text = rows[from + r]![at]!;
    const value = isNull(text, nulls) ? null : reader === null || reader === undefined ? text : reader(text);
    if (value === undefined) return r;
    setField(records[r]!, name, value);
  }
  return records.length;
}

/** The empty text is one of them, and by far the most common. */
const isNull = (text: string, nulls: ReadonlySet<string>): boolean =>
  text === '' || (nulls.size > 1 && nulls.has(text));

/**
 * Decides what a column holds of which nothing is known yet: numbers if all its fields in the sample are, else texts;
 * NaN and infinities are numbers. One of nothing but null stays undecided: its first value behind the sample decides,
 * so that the type does not depend on how the file was cut into pieces.
 */
export function inferColumn(
  column: CsvColumn,
  rows: readonly (readonly string[])[],
  at: number,
  isSample: boolean,
): void {
  if (column.reader !== undefined) return;
  const read = inferredNumbers(column.style);
  for (const row of rows) {
    const text = row[at]!;
    if (isNull(text, column.nulls)) continue;
    column.reader = read(text) === undefined ? null : read;
    if (column.reader === null || !isSample) return;
  }
}
