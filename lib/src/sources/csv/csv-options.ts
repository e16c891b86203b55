import { OPERATION_OPTIONS, type Options, optionsOf } from '../../graph/operation-options';
import type { JsonValue } from 'stemma-document';
import { checkCount, checkTexts, inWords } from '../../util/check';
import { closest, type OptionTypes } from '../../util/options';
import { TEXT_OPTIONS, type TextOptions } from '../from-text-lines';
import { checkEncoding } from '../text/encoding';
import { type ColumnType, readerOf } from './column-types';
import type { CsvSyntax } from './csv-syntax';
import type { DateColumn } from './date-reader';

/** What all columns hold, or each of them by its name. */
export type CsvTypes =
  | 'infer'
  | 'text'
  // Not by the name `ColumnType`, which would say nothing where the compiler objects.
  | { readonly [column: string]: 'number' | 'float' | 'bigint' | 'text' | 'boolean' | 'date' | DateColumn };

/**
 * The options of `Dataset.fromCsv`. `Header`, `Columns` and `Types` are inferred from them and determine the type of
 * the rows.
 */
export interface CsvOptions<
  Header extends string = string,
  Columns extends string = string,
  Types extends CsvTypes = CsvTypes,
> extends TextOptions {
  /**
   * The names of the columns: true (the default) if the first line has them, or a list of names for a file without such
   * a line. False: there is no such line, and the names are the `columns`, else `column_1`, `column_2` and so on.
   */
  header?: boolean | readonly Header[];
  /** The separator of fields, one character or more. Default `,`; a tab for files named `.tsv` or `.tab`. */
  delimiter?: string;
  /** Only these columns. Default: all. */
  columns?: readonly Columns[];
  /**
   * The types of the columns. `infer` (the default): a column holds numbers if all its fields in the first 4,000 rows
   * are numbers that a float holds exactly (`007` and 2^53 + 1 are not), else text; a later field that is not a number
   * is an error. `text`: all columns hold text. Or a record of types by column: `number`, `float` (the nearest number,
   * also for integers from 2^53 on), `bigint`, `text`, `boolean`, `date`, or `{ type: 'date', format, timeZone }`.
   */
  types?: Types;
  /** Texts that stand for null, such as `NA`; empty fields always do. */
  nullValues?: string | readonly string[];
  /** Trim spaces and tabs around fields and names. Default false. */
  trim?: boolean;
  /** Skip lines that start with this, such as `#`. Default: none. */
  comment?: string;
  /** The quote around a field, or false for none. Default `"`. */
  quote?: string | false;
  /**
   * The escape character before a quote within a quoted field. Default: the quote itself. Any other one also escapes
   * delimiters in unquoted fields.
   */
  escape?: string;
  /**
   * Accept text between a closing quote and the delimiter as part of the field, as Python and pandas do. Default false:
   * an error.
   */
  relaxQuotes?: boolean;
  /**
   * Fill missing fields at the end of a row with null, and drop surplus ones. Default false: an error.
   */
  relaxColumnCount?: boolean;
  /** The number of lines to skip at the start of each file. Default 0. */
  skipLines?: number;
  /** Skip empty lines. False: each is a row with one empty field. Default true. */
  skipBlankLines?: boolean;
  /**
   * What to do if several columns have the same name: an `error` (the default), or `rename` them to `id`, `id.1`,
   * `id.2`, as pandas does.
   */
  duplicateColumns?: 'error' | 'rename';
  /** The decimal separator. Default `.`. */
  decimal?: string;
  /** The thousands separator. Default: none. */
  thousands?: string;
}

const OPTIONS: OptionTypes<CsvOptions> = {
  ...TEXT_OPTIONS,
  ...OPERATION_OPTIONS,
  header: 'any',
  delimiter: 'text',
  columns: 'list',
  types: 'any',
  nullValues: 'any',
  trim: 'boolean',
  comment: 'text',
  quote: 'any',
  escape: 'text',
  relaxQuotes: 'boolean',
  relaxColumnCount: 'boolean',
  skipLines: 'any',
  skipBlankLines: 'boolean',
  duplicateColumns: 'any',
  decimal: 'text',
  thousands: 'text',
};

/** The options as they were checked and resolved. */
export interface CsvPlan {
  given: Partial<CsvOptions>;
  encoding: string | undefined;
  syntax: CsvSyntax;
  /** The names; null where the first line has them. Empty: made from the first row. */
  names: readonly string[] | null;
  columns: readonly string[] | null;
  /** The type of all columns that are not in `typed`. */
  rest: 'infer' | 'text';
  typed: ReadonlyMap<string, ColumnType>;
  nulls: ReadonlySet<string>;
  relaxColumnCount: boolean;
  skipBlankLines: boolean;
  rename: boolean;
  decimal: string;
  thousands: string | null;
  recorded: { [name: string]: JsonValue };
}

const KIND = 'fromCsv';

/** @throws TypeError for options that cannot be, and those that contradict each other. */
export function csvPlan(options: Options<CsvOptions> | undefined, isTsv: boolean): CsvPlan {
  if (typeof options === 'string' && /^[^\p{L}\p{N}]$/u.test(options))
    throw new TypeError(
      `invalid options of ${KIND}: expected { delimiter: ${inWords(options)} }, got ${inWords(options)}, which would be an identifier`,
    );
  const given = optionsOf<CsvOptions>(options, KIND, OPTIONS);
  const { header = true, columns, types = 'infer', duplicateColumns = 'error', decimal = '.', thousands } = given;
  if (typeof header !== 'boolean') checkNames(header, 'header');
  if (columns !== undefined) checkNames(columns, 'columns');
  if (duplicateColumns !== 'error' && duplicateColumns !== 'rename')
    throw invalid('duplicateColumns', "'error' or 'rename'", duplicateColumns);
  const syntax = syntaxOf(given, isTsv ? '\t' : ',');
  for (const [name, value] of Object.entries({ decimal, thousands }))
    if (value !== undefined && (value.length !== 1 || value === syntax.quote || /[\d\s+-]/.test(value.trim())))
      throw invalid(name, 'one character', value);
  if (decimal === thousands) throw invalid('thousands', 'another character than that of decimal', thousands);
  const typed = typesOf(types);
  const plan: CsvPlan = {
    given,
    encoding: checkEncoding(given.encoding, KIND),
    syntax,
    names: header === true ? null : header === false ? (columns ?? []) : header,
    columns: columns === undefined || header === false ? null : [...columns],
    rest: types === 'text' ? 'text' : 'infer',
    typed,
    nulls: new Set([
      '',
      ...(given.nullValues === undefined ? [] : checkTexts(given.nullValues, `nullValues of ${KIND}`)),
    ]),
    relaxColumnCount: given.relaxColumnCount ?? false,
    skipBlankLines: syntax.skipBlankLines,
    rename: duplicateColumns === 'rename',
    decimal,
    thousands: thousands ?? null,
    recorded: {},
  };
  for (const [column, type] of typed) readerOf(type, column, plan);
  if (typeof header !== 'boolean') {
    checkKnown(columns ?? [], header, 'columns');
    checkKnown(typed.keys(), columns ?? header, 'types');
  }
  return { ...plan, recorded: recordedOf(given, header, syntax.delimiter) };
}

function syntaxOf(given: Partial<CsvOptions>, usual: string): CsvSyntax {
  const { delimiter = usual, quote = '"', comment = null, trim = false, relaxQuotes = false, skipLines = 0 } = given;
  if (delimiter === '' || /[\r\n]/.test(delimiter))
    throw invalid('delimiter', 'a character, or several, but no line end', delimiter);
  if (quote !== false && (typeof quote !== 'string' || quote.length !== 1 || /[\r\n]/.test(quote)))
    throw invalid('quote', 'one character, or false', quote);
  if (quote !== false && delimiter.includes(quote))
    throw invalid('quote', 'another character than the delimiter', quote);
  const escape = given.escape ?? (quote === false ? null : quote);
  if (escape !== null && (escape.length !== 1 || delimiter.includes(escape) || /[\r\n]/.test(escape)))
    throw invalid('escape', 'one character, and not the delimiter', escape);
  if (comment === '') throw invalid('comment', 'the beginning of lines to leave out', comment);
  return {
    delimiter,
    quote: quote === false ? null : quote,
    escape,
    comment,
    trim,
    relaxQuotes,
    skipBlankLines: given.skipBlankLines ?? true,
    skipLines: checkCount(skipLines, `skipLines of ${KIND}`),
  };
}

function typesOf(types: CsvTypes): Map<string, ColumnType> {
  if (types === 'text' || types === 'infer') return new Map();
  if (typeof types !== 'object' || types === null || Symbol.iterator in types)
    throw invalid('types', "'infer', 'text', or a record of the types of columns", types);
  return new Map(Object.entries(types));
}

function checkNames(names: readonly string[], option: string): void {
  if (!Array.isArray(names) || names.length === 0) throw invalid(option, 'a list of names of columns', names);
  for (const [i, name] of names.entries()) {
    if (typeof name !== 'string') throw invalid(option, 'names of columns', name);
    const before = names.indexOf(name);
    if (before < i)
      throw new TypeError(`duplicate name ${inWords(name)} in ${option} of ${KIND}: it is at ${before} and at ${i}`);
  }
}

/** Columns of `option` that are not in the file, or left out, are errors that say which there are. */
export function checkKnown(wanted: Iterable<string>, names: readonly string[], option: string): void {
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const meant = closest(name, names);
    const shown =
      names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');
    throw new Error(
      `there is no column ${inWords(name)} (there are ${shown}), as named in ${option}` +
        (meant === undefined ? '' : `; did you mean ${inWords(meant)}?`),
    );
  }
}

const invalid = (option: string, expected: string, got: unknown): TypeError =>
  new TypeError(`invalid ${option} of ${KIND}: expected ${expected}, got ${inWords(got)}`);

/** What was given; without what is the default, so that a record stays as it is when options are added. */
function recordedOf(
  { identifier: _1, uses: _2, samples: _3, onError: _4, ...given }: Partial<CsvOptions>,
  header: boolean | readonly string[],
  delimiter: string,
): CsvPlan['recorded'] {
  const { columns, types = 'infer' } = given;
  const rest = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(rest) as { [name: string]: JsonValue }),
    header: typeof header === 'boolean' ? header : [...header],
    delimiter,
    columns: columns === undefined ? null : [...columns],
    types: typeof types === 'string' ? types : recordedTypes(types),
  };
}

const recordedTypes = (types: Exclude<CsvTypes, string>): JsonValue =>
  Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, typeof type === 'string' ? type : ({ ...type } as JsonValue)]),
  );
