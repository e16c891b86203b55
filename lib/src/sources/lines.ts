import { readFileStream } from './file';

/** The lines of a text file in UTF-8, some at a time. Lines end with `\n` or `\r\n`; the last one need not. */
export async function* linesOf(file: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  /** The pieces of a line whose end is yet to come. */
  let pieces: string[] = [];
  for await (const bytes of readFileStream(file)) {
    const [first, ...lines] = decoder.decode(bytes as Uint8Array, { stream: true }).split('\n');
    pieces.push(first!);
    const last = lines.pop();
    if (last === undefined) continue;
    lines.unshift(pieces.join(''));
    pieces = [last];
    yield lines.map(withoutReturn);
  }
  const rest = pieces.join('') + decoder.decode();
  if (rest !== '') yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
