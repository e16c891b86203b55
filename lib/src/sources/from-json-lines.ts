import type { Node } from '../graph/node';
import { type Options, optionsOf } from '../graph/operation-options';
import { BadRecord, type Block } from './bad-record';
import { inWords } from '../util/check';
import type { OptionTypes } from '../util/options';
import { TEXT_OPTIONS, type TextOptions } from './from-text-lines';
import { parseExactly } from './json/exact-json';
import { whyNoJson } from './json/not-json';
import { type InexactNumbers, JsonLoss } from './json/strict-json';
import { checkEncoding } from './text/encoding';
import type { Files } from './files/files';
import { linesOf } from './text/lines';
import { isBlank } from './text/spaces';
import type { NoteLine } from './files/file-rows';
import { filesSourceNode } from './files/files-source-node';

/** The options of `Dataset.fromJsonLines`. */
export interface JsonLinesOptions extends TextOptions {
  /** What to do with a number that a float does not hold exactly, such as 2^53 + 1. Default: an error. */
  inexactNumbers?: InexactNumbers;
}

export const JSON_OPTIONS: OptionTypes<JsonLinesOptions> = { ...TEXT_OPTIONS, inexactNumbers: 'text' };

const INEXACT: readonly InexactNumbers[] = ['error', 'bigint', 'text', 'round'];

export function checkInexact(given: InexactNumbers | undefined, kind: string): InexactNumbers {
  if (given === undefined || INEXACT.includes(given)) return given ?? 'error';
  throw new TypeError(`invalid inexactNumbers of ${kind}: expected ${INEXACT.join(', ')}, got ${inWords(given)}`);
}

export function fromJsonLines(files: Files, options?: Options<JsonLinesOptions>): Node {
  const given = optionsOf(options, 'fromJsonLines', JSON_OPTIONS);
  const encoding = checkEncoding(given.encoding, 'fromJsonLines');
  const inexactNumbers = checkInexact(given.inexactNumbers, 'fromJsonLines');
  return filesSourceNode({
    kind: 'fromJsonLines',
    files,
    options: given,
    recorded: { encoding: encoding ?? null, inexactNumbers },
    describe: (_, line) => `line ${line}`,
    read: (_, rows) => rows.concat((file, note) => itemsOf(file, encoding, inexactNumbers, note)),
  });
}

/** Empty lines are skipped. */
async function* itemsOf(
  file: string,
  encoding: string | undefined,
  inexact: InexactNumbers,
  note: NoteLine,
): AsyncGenerator<Block> {
  let [line, row] = [0, 0];
  for await (const lines of linesOf(file, encoding)) {
    if (lines instanceof BadRecord) {
      note(row++, ++line);
      yield lines;
      continue;
    }
    let items: unknown[] = [];
    for (const text of lines) {
      line++;
      if (isBlank(text)) continue;
      note(row++, line);
      try {
        items.push(parseExactly(text, inexact));
      } catch (error) {
        if (items.length > 0) yield items;
        items = [];
        yield badLine(error as Error, text, `${file} line ${line}`);
      }
      if (line === 1) refuseDocument(items[0], file);
    }
    if (items.length > 0) yield items;
  }
}

/** A document that was written without line ends would be one item. */
function refuseDocument(value: unknown, file: string): void {
  if (/\.json(?:\.gz)?$/i.test(file) && Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null)
    throw new Error(
      `${file} line 1: it is a JSON array of records; a file that is one JSON document is read with Dataset.fromJson`,
    );
}

function badLine(cause: Error, text: string, where: string): BadRecord {
  if (cause instanceof JsonLoss) return new BadRecord(new Error(`${where}: ${cause.message}`, { cause }), where, text);
  const isPart = /^\s*[[{]/.test(text) && /[[{,]\s*$/.test(text);
  const advice = '; each line has to be a whole value: a file that is one JSON document is read with Dataset.fromJson';
  const error = new Error(`${where} is not valid JSON: ${whyNoJson(text, cause)}${isPart ? advice : ''}`, { cause });
  return new BadRecord(error, where, text, !isPart);
}
