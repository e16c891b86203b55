import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { checkTexts, inWords } from '../util/check';
import type { OptionTypes } from '../util/options';
import { checkInexact, JSON_OPTIONS, type JsonLinesOptions } from './from-json-lines';
import { parseExactly } from './json/exact-json';
import { placeOfProblem, whyNoJson } from './json/not-json';
import { type InexactNumbers, JsonLoss } from './json/strict-json';
import { checkEncoding } from './text/encoding';
import type { Files } from './files/files';
import { textOf } from './text/text';
import { filesSourceNode } from './files/files-source-node';

/** The options of `Dataset.fromJson`. */
export interface JsonOptions extends Omit<JsonLinesOptions, 'onError'> {
  /**
   * The field that holds the array, or a path of nested fields. Default: the document is the array.
   */
  at?: string | readonly string[];
}

const { onError: _, ...LINE_BY_LINE } = JSON_OPTIONS;
const OPTIONS: OptionTypes<JsonOptions> = { ...LINE_BY_LINE, at: 'any' };
/** Items that are emitted at once. */
const BLOCK = 1024;

export function fromJson(files: Files, options?: Options<JsonOptions>): Node {
  const given = optionsOf(options, 'fromJson', OPTIONS);
  const encoding = checkEncoding(given.encoding, 'fromJson');
  const inexactNumbers = checkInexact(given.inexactNumbers, 'fromJson');
  const at = given.at === undefined ? [] : checkTexts(given.at, 'at of fromJson');
  return filesSourceNode({
    kind: 'fromJson',
    files,
    options: given,
    recorded: { encoding: encoding ?? null, inexactNumbers, at },
    describe: (row) => `item ${row}`,
    read: (_, rows) => rows.concat((file) => itemsOf(file, encoding, inexactNumbers, at)),
  });
}

async function* itemsOf(
  file: string,
  encoding: string | undefined,
  inexact: InexactNumbers,
  at: readonly string[],
): AsyncGenerator<unknown[]> {
  const pieces: string[] = [];
  for await (const text of textOf(file, encoding)) pieces.push(text);
  const items = arrayOf(documentOf(pieces.join(''), inexact, file), at, file);
  for (let i = 0; i < items.length; i += BLOCK) yield items.slice(i, i + BLOCK);
}

function documentOf(text: string, inexact: InexactNumbers, file: string): unknown {
  try {
    return parseExactly(text, inexact);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof JsonLoss) throw new Error(`${file}: ${message}`, { cause: error });
    const hasLines = /^\s*[[{].*\n\s*[[{]/.test(text);
    const advice = '; a file with one value in each line is read with Dataset.fromJsonLines';
    throw new Error(
      `${file} is not valid JSON from ${placeOfProblem(text)} on: ${whyNoJson(text, error as Error)}${hasLines ? advice : ''}`,
      { cause: error },
    );
  }
}

function arrayOf(document: unknown, at: readonly string[], file: string): unknown[] {
  let value = document;
  for (const name of at) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      throw new Error(`${file} has no field ${inWords(name)}, as named in at${fieldsOf(value)}`);
    value = (value as { [name: string]: unknown })[name];
  }
  if (Array.isArray(value)) return value as unknown[];
  const advice = fieldsOf(value) === '' ? '' : `${fieldsOf(value)}; pass the one that has the array as at: '...'`;
  throw new Error(`${file}: expected an array, got ${inWords(value)}${advice}`);
}

function fieldsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const names = Object.keys(value);
  return names.length === 0
    ? ''
    : ` (its fields are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''})`;
}
