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
 * Decides what a column holds of which nothing is known yet: numbers if all its fields are, and one of them is finite.
 * A column of nothing but `nan` is one of texts; one of nothing but null stays undecided.
 */
export function inferColumn(column: CsvColumn, rows: readonly (readonly string[])[], at: number): void {
  if (column.reader !== undefined) return;
  const read = inferredNumbers(column.style);
  let isAny = false;
  let isFinite = false;
  for (const row of rows) {
    const text = row[at]!;
    if (isNull(text, column.nulls)) continue;
    const value = read(text);
    isAny = true;
    isFinite ||= Number.isFinite(value);
    if (value !== undefined) continue;
    column.reader = null;
    return;
  }
  if (isAny) column.reader = isFinite ? read : null;
}

/** What other programs write where there is no value. */
const MISSING = /^(?:#?n\/?a|<na>|null|none|nil|missing|unknown|[-.?]+)$/i;

/** Why a field is none of its column's values, and what to do. */
export function whyNot({ name, type, style }: CsvColumn, text: string): string {
  const advice = MISSING.test(text) ? `; if it stands for nothing, pass nullValues: [${JSON.stringify(text)}]` : '';
  if (type !== null) return objection(type, text, style) + advice;
  return `which is no number, as all before it were; give its type: types: { ${JSON.stringify(name)}: 'text' }${advice}`;
}
