import { BadRecord, type Records } from '../bad-record';
import { inWords } from '../../util/check';
import { isBlank } from '../text/spaces';
import { checkKnown, type CsvPlan } from './csv-options';
import { csvColumn, type CsvColumn, fillColumn, inferColumn } from './csv-column';
import { headerNames } from './csv-header';
import type { CsvRows } from './csv-syntax';
import { objection } from './objection';
import { otherDelimiter } from './other-delimiter';

/** How much is looked at before the types of columns are decided: rows, fields, and characters of the files. */
const SAMPLE = { rows: 4_000, fields: 400_000, characters: 2 ** 24 };

/**
 * Columns are filled one after the other, in a few records at a time where there are many: the processor's caches are
 * small.
 */
const FIELDS_AT_ONCE = 2 ** 14;

/** Rows that wait for the types of their columns, with the place of each. */
interface Waiting {
  fields: string[][];
  lines: number[];
  files: string[];
  /** Rows with too few or too many fields, each before the row `at`. */
  bad: { at: number; record: BadRecord }[];
}

const noneWaiting = (): Waiting => ({ fields: [], lines: [], files: [], bad: [] });

/** Makes records of the rows of files, one after the other. The columns and their types are those of all files. */
export class CsvTable {
  #columns: CsvColumn[] | null = null;
  /** All names in the first file. */
  #first: { file: string; names: readonly string[] } | null = null;
  #file = '';
  /** The names in the file at hand; null before its header. */
  #names: readonly string[] | null = null;
  /** Which fields of a row are wanted; null: all. */
  #picked: number[] | null = null;
  #waiting = noneWaiting();
  #isSampling: boolean;
  #characters = 0;
  #blocks: Records[] = [];

  /** `warn` is called with what looks like a mistake, though the rows can be read; `note` with the line of each row. */
  constructor(
    private readonly plan: CsvPlan,
    private readonly warn: (text: string) => void,
    private readonly note: (row: number, line: number) => void,
  ) {
    this.#isSampling = plan.rest === 'infer';
  }

  /** Rows so far, of all files, bad ones too. */
  rows = 0;

  begin(file: string): void {
    this.#file = file;
    this.#names = null;
    const { names } = this.plan;
    if (names !== null && names.length > 0) this.#setNames(names, null);
  }

  /** The file at hand has ended. */
  endFile(): void {
    if (this.#names === null && this.plan.names === null)
      throw new Error(
        `${this.#file} is empty: expected a line with the names of the columns; if it has none, pass header: [...]`,
      );
  }

  /** `characters`: how many of the file they were. */
  add({ rows, lines }: CsvRows, characters: number): void {
    for (const [i, fields] of rows.entries()) this.#addRow(fields, lines[i]!);
    this.#characters += characters;
    if (!this.#isSampling || this.#isSampled()) this.decide();
  }

  #addRow(fields: string[], line: number): void {
    if (this.#names === null) {
      if (this.plan.skipBlankLines && fields.length === 1 && isBlank(fields[0]!)) return;
      const isHeader = this.plan.names === null;
      this.#setNames(
        isHeader
          ? headerNames(fields, this.plan.rename, `${this.#file} line ${line}`)
          : fields.map((_, i) => `column_${i + 1}`),
        line,
      );
      if (isHeader) return;
    }
    const row = this.#inWidth(fields, line);
    if (row === null) return;
    const { fields: waiting, lines, files, bad } = this.#waiting;
    this.note(this.rows++, line);
    if (row instanceof BadRecord) {
      bad.push({ at: waiting.length, record: row });
      return;
    }
    if (this.rows === 1) this.#checkDelimiter(row, line);
    waiting.push(this.#picked === null ? row : this.#picked.map((i) => row[i]!));
    lines.push(line);
    files.push(this.#file);
  }

  /** A file with another delimiter is one column of texts. */
  #checkDelimiter(fields: string[], line: number): void {
    if (this.#names!.length > 1) return;
    const options = otherDelimiter(this.#names!, fields, this.plan.syntax.delimiter);
    if (options !== null)
      this.warn(
        `${this.#file} line ${line}: the only column is ${clipped(this.#names!)}; expected several? pass ${options}`,
      );
  }

  /** The row with as many fields as there are names; null for a line of nothing but spaces. */
  #inWidth(fields: string[], line: number): string[] | BadRecord | null {
    const { length } = this.#names!;
    if (fields.length === length) return fields;
    if (this.plan.skipBlankLines && fields.length === 1 && isBlank(fields[0]!)) return null;
    if (this.plan.relaxColumnCount)
      return fields.length > length
        ? fields.slice(0, length)
        : [...fields, ...Array<string>(length - fields.length).fill('')];
    const options = otherDelimiter(this.#names!, fields, this.plan.syntax.delimiter);
    const where = `${this.#file} line ${line}`;
    const error = new Error(
      `${where} has ${fields.length} field${fields.length === 1 ? '' : 's'}, but expected ${length}, ` +
        `as there are columns (${clipped(this.#names!)}); ` +
        (options === null
          ? 'pass relaxColumnCount: true for null in place of missing fields and to leave out those that are too many'
          : `the file seems to have another delimiter: pass ${options}`),
    );
    return new BadRecord(error, where, fields, options === null);
  }

  #setNames(names: readonly string[], line: number | null): void {
    const { columns, typed, rest } = this.plan;
    this.#names = names;
    this.#picked = null;
    if (columns !== null) {
      this.#check(columns, names, 'columns', line);
      this.#picked = names.flatMap((name, i) => (columns.includes(name) ? [i] : []));
    } else if (this.#first !== null) this.#checkSame(this.#first, names);
    this.#first ??= { file: this.#file, names };
    const wanted = this.#picked === null ? names : this.#picked.map((i) => names[i]!);
    this.#check(typed.keys(), wanted, 'types', line);
    if (this.#columns !== null) {
      // Another file may have the columns in another order.
      const picked = this.#columns.map(({ name }) => names.indexOf(name));
      this.#picked = columns === null && picked.every((at, i) => at === i) ? null : picked;
      return;
    }
    this.#columns = wanted.map((name) =>
      csvColumn(name, typed.get(name) ?? (rest === 'text' ? 'text' : null), {
        nulls: this.plan.nulls,
        style: this.plan,
      }),
    );
    this.#isSampling &&= this.#columns.some(({ type }) => type === null);
  }

  #check(wanted: Iterable<string>, names: readonly string[], option: string, line: number | null): void {
    try {
      checkKnown(wanted, names, option);
    } catch (error) {
      throw new Error(`${this.#file}${line === null ? '' : ` line ${line}`}: ${(error as Error).message}`);
    }
  }

  /** The order may be another one: columns go by their names. */
  #checkSame({ file, names: expected }: { file: string; names: readonly string[] }, names: readonly string[]): void {
    const missing = expected.filter((name) => !names.includes(name));
    const more = names.filter((name) => !expected.includes(name));
    if (missing.length === 0 && more.length === 0) return;
    const differs = [
      ...(missing.length === 0 ? [] : [`it lacks ${clipped(missing)}`]),
      ...(more.length === 0 ? [] : [`it has ${clipped(more)}, too`]),
    ];
    throw new Error(
      `${this.#file} has other columns than ${file}: ${differs.join(' and ')} (expected ${clipped(expected)}, ` +
        `got ${clipped(names)}); with columns: [...] only the named ones have to be in all files`,
    );
  }

  #isSampled(): boolean {
    const { length } = this.#waiting.fields;
    const isEnough = length >= SAMPLE.rows || length * (this.#columns?.length ?? 0) >= SAMPLE.fields;
    return isEnough || this.#characters >= SAMPLE.characters;
  }

  /** Makes records of all rows that wait; columns that had no type have one from now on. */
  decide(): void {
    const waiting = this.#waiting;
    this.#waiting = noneWaiting();
    const isSample = this.#isSampling;
    this.#isSampling = false;
    const { fields, bad } = waiting;
    const columns = this.#columns!;
    if (fields.length > 0) columns.forEach((column, at) => inferColumn(column, fields, at, isSample));
    let from = 0;
    for (const { at, record } of bad) {
      this.#fill(waiting, from, at);
      this.#blocks.push(record);
      from = at;
    }
    this.#fill(waiting, from, fields.length);
  }

  /** Makes records of the rows from `start` to `end`. */
  #fill({ fields, lines, files }: Waiting, start: number, end: number): void {
    const columns = this.#columns ?? [];
    const most = Math.max(1, Math.floor(FIELDS_AT_ONCE / Math.max(1, columns.length)));
    let size = most;
    for (let from = start; from < end;) {
      const records: object[] = Array.from({ length: Math.min(size, end - from) }, () => ({}));
      let bad: CsvColumn | null = null;
      for (const [at, column] of columns.entries()) {
        const good = fillColumn(column, fields, at, from, records);
        if (good === records.length) continue;
        records.length = good;
        bad = column;
      }
      if (records.length > 0) this.#blocks.push(records);
      from += records.length;
      size = Math.min(most, size * 2);
      if (bad === null) continue;
      this.#blocks.push(badField(bad, fields[from]!, columns.indexOf(bad), files[from]!, lines[from]!));
      from++;
      // Where many are bad, most of what is read beyond one would be read again.
      size = 1;
    }
  }

  /** What was made since it was last taken. */
  take(): Records[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }
}

function badField(column: CsvColumn, fields: string[], at: number, file: string, line: number): BadRecord {
  const text = fields[at]!;
  const error = new Error(
    `${file}: column ${JSON.stringify(column.name)} in line ${line} is ${inWords(text)}, ${objection(column, text)}`,
  );
  return new BadRecord(error, `${file} line ${line}`, fields);
}

const MAX_NAMES = 20;

const clipped = (names: readonly string[]): string =>
  names.length > MAX_NAMES
    ? `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`
    : names.join(', ');
