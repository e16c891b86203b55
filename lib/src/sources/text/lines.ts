import { ownText } from './own-text';
import { textOf } from './text';

/** The lines of a text file, some at a time. Lines end with `\n`, `\r\n` or `\r`; the last one need not. */
export async function* linesOf(file: string, encoding: string | undefined): AsyncGenerator<string[]> {
  /** The pieces of a line whose end is yet to come. */
  let pieces: string[] = [];
  /** A `\r` at the end of a piece of text: its `\n` may follow. */
  let hasReturn = false;
  for await (const text of textOf(file, encoding)) {
    const whole: string = hasReturn ? `\r${text}` : text;
    hasReturn = whole.endsWith('\r');
    const [first, ...lines] = splitLines(hasReturn ? whole.slice(0, -1) : whole);
    pieces.push(first!);
    const last = lines.pop();
    if (last === undefined) continue;
    lines.unshift(pieces.join(''));
    pieces = [last];
    yield lines.map(ownText);
  }
  const rest = pieces.join('');
  if (rest !== '' || hasReturn) yield [rest];
}

const splitLines = (text: string): string[] =>
  (text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text).split('\n');
