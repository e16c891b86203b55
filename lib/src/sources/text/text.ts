import { bytesOf } from '../file-bytes';
import { Decoder, InvalidBytes } from './decoder';
import { encodingOf } from './encoding';
import { refuseKnownFormat } from './known-formats';

/**
 * The characters of a text file, in pieces. `encoding`: from `checkEncoding`; without one the byte order mark decides,
 * else it is UTF-8.
 *
 * @throws if something is not text of the encoding, after all the text before it.
 */
export async function* textOf(file: string, encoding: string | undefined): AsyncGenerator<string> {
  for await (const piece of piecesOf(file, encoding)) {
    if (typeof piece !== 'string') throw refusal(piece, 'utf-8', `${file} line ${await lineAt(file, piece.offset)}`);
    yield piece;
  }
}

/**
 * Like `textOf`, but bytes that are not UTF-8 are emitted as such, and the text continues at the next line end, which
 * UTF-8 always allows to find.
 */
export async function* piecesOf(file: string, encoding: string | undefined): AsyncGenerator<string | InvalidBytes> {
  let decoder: Decoder | null = null;
  try {
    for await (const bytes of bytesOf(file, (head) => refuseKnownFormat(file, head))) {
      let left: Buffer | null = bytes;
      if (decoder === null) {
        const found = encodingOf(file, bytes, encoding);
        decoder = new Decoder(found.encoding, found.mark);
        left = bytes.subarray(found.mark);
      }
      yield* decoder.pieces(left);
    }
    if (decoder !== null) yield* decoder.end();
  } catch (error) {
    if (!(error instanceof InvalidBytes)) throw error;
    const where = decoder!.encoding.startsWith('utf-16') ? file : `${file} line ${await lineAt(file, error.offset)}`;
    throw refusal(error, decoder!.encoding, where);
  }
}

/** The error for bytes that are none of the encoding. `where`: file, and line where that is known. */
export function refusal({ offset, byte }: InvalidBytes, encoding: string, where: string): Error {
  const name = encoding === 'utf-8' ? 'UTF-8' : encoding;
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
