import type { Node } from '../../graph/node';
import { type Options, optionsOf } from '../../graph/operation-options';
import { checkTexts, inWords } from '../../util/check';
import type { OptionTypes } from '../../util/options';
import { CsvFormat } from './csv-format';
import { WRITE_OPTIONS, writeFile, type WriteOptions, type Written } from './write-file';

/** How `toCsv` writes. */
export interface ToCsvOptions<T = unknown> extends WriteOptions {
  /**
   * Only these fields, in this order. Default: those of the first record; a later record that has another one is an
   * error.
   */
  columns?: readonly (keyof T & string)[];
  /** What stands between the fields. Default `,`; a tab for files called `.tsv` or `.tab`. */
  delimiter?: string;
}

const OPTIONS: OptionTypes<ToCsvOptions> = { ...WRITE_OPTIONS, columns: 'list', delimiter: 'text' };

export function toCsv(node: Node, path: string, given?: Options<ToCsvOptions>): Promise<Written> {
  const { columns, delimiter, ...options } = optionsOf(given, 'toCsv', OPTIONS);
  const separator = delimiter ?? (/\.(?:tsv|tab)(?:\.gz)?$/i.test(path) ? '\t' : ',');
  if (separator === '' || /["\r\n]/.test(separator))
    throw new TypeError(
      `invalid delimiter of toCsv: expected a text without quotes and ends of lines, got ${inWords(separator)}`,
    );
  const format = new CsvFormat(separator, columns === undefined ? null : checkedColumns(columns));
  const recorded = { delimiter: separator, columns: columns === undefined ? null : [...columns] };
  return writeFile({ node, kind: 'toCsv', path, options, recorded, format, gzip: true });
}

function checkedColumns(given: readonly string[]): string[] {
  const columns = checkTexts(given, 'columns of toCsv');
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) throw new TypeError(`invalid columns of toCsv: ${inWords(twice)} is there twice`);
  if (columns.length === 0)
    throw new TypeError('invalid columns of toCsv: expected at least one name, got an empty list');
  return columns;
}
