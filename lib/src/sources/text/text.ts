import { bytesOf } from '../file-bytes';
import { Decoder, InvalidBytes } from './decoder';
import { encodingOf } from './encoding';
import { refuseKnownFormat } from './known-formats';

/**
 * The characters of a text file, some at a time. `encoding`: from `checkEncoding`; without one the byte order mark says
 * it, else it is UTF-8.
 *
 * @throws after all that comes before it, if something is no text of the encoding.
 */
export async function* textOf(file: string, encoding: string | undefined): AsyncGenerator<string> {
  let decoder: Decoder | null = null;
  try {
    for await (const bytes of bytesOf(file, (head) => refuseKnownFormat(file, head))) {
      if (decoder === null) {
        const found = encodingOf(file, bytes, encoding);
        decoder = new Decoder(found.encoding, found.mark);
        yield decoder.decode(bytes.subarray(found.mark));
      } else yield decoder.decode(bytes);
    }
    if (decoder !== null) yield decoder.end();
  } catch (error) {
    if (!(error instanceof InvalidBytes)) throw error;
    if (error.before !== '') yield error.before;
    throw await described(error, file, decoder!.encoding);
  }
}

async function described({ offset, byte }: InvalidBytes, file: string, encoding: string): Promise<Error> {
  const name = encoding === 'utf-8' ? 'UTF-8' : encoding;
  const where = encoding.startsWith('utf-16') ? file : `${file} line ${await lineAt(file, offset)}`;
  if (byte === null)
    return new Error(
      `${where}: the text ends in the middle of a character of ${name}, at byte ${offset}; the file is cut off, or has another encoding`,
    );
  const advice =
    encoding === 'utf-8'
      ? `if the file has another encoding, pass it, e.g. encoding: 'latin1'`
      : 'pass the encoding that it has';
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  return new Error(`${where} is not in ${name}: invalid byte 0x${hex} at offset ${offset}; ${advice}`);
}

/** The number of the line with the byte at `offset`, counted when somebody needs it. */
async function lineAt(file: string, offset: number): Promise<number> {
  let line = 1;
  let at = 0;
  let previous = 0;
  for await (const bytes of bytesOf(file))
    for (const byte of bytes) {
      if (at++ >= offset) return line;
      if (byte === 13 || (byte === 10 && previous !== 13)) line++;
      previous = byte;
    }
  return line;
}
