import { BadRecord } from '../bad-record';
import type { InvalidBytes } from './decoder';
import { ownText } from './own-text';
import { piecesOf, refusal } from './text';

/**
 * The lines of a text file, in blocks. Lines end with `\n`, `\r\n` or `\r`; the last one need not. A line with
 * bytes that are not UTF-8 is a bad record.
 */
export async function* linesOf(file: string, encoding: string | undefined): AsyncGenerator<string[] | BadRecord> {
  /** The pieces of a line whose end is yet to come, and what is wrong with it. */
  let pieces: string[] = [];
  let invalid: InvalidBytes | null = null;
  /** A `\r` at the end of a piece of text: its `\n` may follow. */
  let hasReturn = false;
  let line = 0;
  /** The line ends with `text`. */
  const lineWith = (text: string): string | BadRecord => {
    const whole = pieces.join('') + text;
    const bytes = invalid;
    pieces = [];
    invalid = null;
    line++;
    if (bytes === null) return whole;
    const where = `${file} line ${line}`;
    return new BadRecord(refusal(bytes, 'utf-8', where), where, whole, false);
  };
  for await (const text of piecesOf(file, encoding)) {
    if (typeof text !== 'string') {
      if (hasReturn) yield alone(lineWith(''));
      hasReturn = false;
      invalid ??= text;
      continue;
    }
    const whole: string = hasReturn ? `\r${text}` : text;
    hasReturn = whole.endsWith('\r');
    const [first, ...lines] = splitLines(hasReturn ? whole.slice(0, -1) : whole);
    const last = lines.pop();
    if (last === undefined) {
      pieces.push(first!);
      continue;
    }
    const begun = lineWith(first!);
    pieces = [last];
    line += lines.length;
    if (begun instanceof BadRecord) yield begun;
    else lines.unshift(begun);
    if (lines.length > 0) yield lines.map(ownText);
  }
  if (hasReturn || invalid !== null || pieces.some((piece) => piece !== '')) yield alone(lineWith(''));
}

const alone = (line: string | BadRecord): string[] | BadRecord => (line instanceof BadRecord ? line : [line]);

const splitLines = (text: string): string[] =>
  (text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text).split('\n');
