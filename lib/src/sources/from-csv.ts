import { pipeline } from 'node:stream';
import * as path from 'node:path';
import { parse } from 'csv-parse';
import { type Node, OPERATION_OPTIONS, type OperationOptions, type Options, optionsOf } from '../graph/node';
import { blockSourceNode } from './block-source-node';
import { checkFile, readFileStream } from './file';
import { blocksOf } from './object-stream';
import type { OptionTypes } from '../util/options';

/** What a column holds. */
export type ColumnType = 'number' | 'text' | 'boolean' | 'date';

/** How `Dataset.fromCsv` reads a file. */
export interface CsvOptions extends OperationOptions {
  /** The names of the columns: those in the first line (true, the default), or these. */
  header?: true | readonly string[];
  /** What stands between the fields. Default `,`. */
  delimiter?: string;
  /** Only these columns. Default: all. */
  columns?: readonly string[];
  /**
   * What the columns hold. Default: in each field, what looks like a number is one (`007` does not), and nothing is null. `text`: all
   * fields stay as they are written. A column named here holds its type or null; anything else is an error.
   */
  types?: 'text' | { [column: string]: ColumnType };
}

const OPTIONS: OptionTypes<CsvOptions> = {
  ...OPERATION_OPTIONS,
  header: 'any',
  delimiter: 'text',
  columns: 'list',
  types: 'any',
};

export function fromCsv(file: string, options?: Options<CsvOptions>): Node {
  checkFile(file, 'fromCsv');
  const given = optionsOf(options, 'fromCsv', OPTIONS);
  const { header = true, delimiter = ',', columns, types = {} } = given;
  return blockSourceNode({
    kind: 'fromCsv',
    options: { identifier: path.basename(file), ...given },
    recorded: {
      path: file,
      header: header === true ? true : [...header],
      delimiter,
      columns: columns === undefined ? null : [...columns],
      types: typeof types === 'string' ? types : { ...types },
    },
    describe: (row) => `${file} row ${row}`,
    blocks: () => {
      const parser = parse({
        bom: true,
        columns: header === true ? (first: string[]) => columnsOf(first, columns) : columnsOf(header, columns),
        delimiter,
        skip_empty_lines: true,
        cast: types === 'text' ? false : (text, { column, lines }) => read(text, types[column], column, lines),
      });
      pipeline(readFileStream(file), parser, () => undefined);
      return blocksOf(parser);
    },
  });
}

/** A name for each column that is wanted, false for the others. */
function columnsOf(names: readonly string[], wanted: readonly string[] | undefined): (string | false)[] {
  const missing = wanted?.find((name) => !names.includes(name));
  if (missing !== undefined) throw new Error(`there is no column "${missing}" (there are ${names.join(', ')})`);
  return names.map((name) => (wanted === undefined || wanted.includes(name) ? name : false));
}

const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function read(text: string, type: ColumnType | undefined, column: string | number, line: number): unknown {
  if (type === 'text') return text;
  if (text === '') return null;
  const value = type === undefined ? guess(text) : READERS[type](text);
  if (value === undefined)
    throw new Error(`column "${column}" in line ${line} is ${JSON.stringify(text)}, which is no ${type}`);
  return value;
}

const guess = (text: string): unknown => (NUMBER.test(text) ? Number(text) : text);

/** What a text says; undefined where it says nothing of the kind. */
const READERS: { [type in Exclude<ColumnType, 'text'>]: (text: string) => unknown } = {
  number: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
  boolean: (text) => ({ true: true, false: false, '1': true, '0': false })[text.toLowerCase()],
  date: (text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text)),
};
