import { TextDecoder } from 'node:util';

/** Bytes that are none of their encoding. `offset` is where the first of them is. */
export class InvalidBytes extends Error {
  constructor(
    readonly offset: number,
    readonly byte: number | null,
    readonly before: string,
  ) {
    super(`invalid bytes at ${offset}`);
  }
}

/**
 * Decodes the bytes of a text in pieces. Nothing is replaced: invalid bytes are an error.
 */
export class Decoder {
  readonly #decoder: TextDecoder;
  /** The beginning of a character whose other bytes are yet to come. */
  #rest: Buffer = Buffer.alloc(0);
  /** Within a line of UTF-8 that has invalid bytes. */
  #isSkipping = false;

  constructor(
    readonly encoding: string,
    /** How many bytes come before the first ones. */
    private offset: number,
  ) {
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /**
   * The text of the next bytes. In UTF-8, invalid bytes are emitted after the text before them, and the text continues
   * at the next line end.
   *
   * @throws InvalidBytes in other encodings, after all that comes before it.
   */
  *pieces(bytes: Buffer): Generator<string | InvalidBytes> {
    let left: Buffer | null = this.#isSkipping ? this.#skip(bytes) : bytes;
    while (left !== null) {
      const all: Buffer = this.#rest.length === 0 ? left : Buffer.concat([this.#rest, left]);
      const end = all.length - tailOf(this.encoding, all);
      const found = this.#whole(all.subarray(0, end));
      if (typeof found === 'string') {
        this.#rest = all.subarray(end);
        this.offset += end;
        yield found;
        return;
      }
      if (found.before !== '') yield found.before;
      if (this.encoding !== 'utf-8') throw found;
      yield found;
      this.#rest = Buffer.alloc(0);
      const bad = found.offset - this.offset;
      this.offset = found.offset;
      left = this.#skip(all.subarray(bad));
    }
  }

  /** What is left of the bytes from their first line end on; null where they have none. */
  #skip(bytes: Buffer): Buffer | null {
    const at = bytes.findIndex((byte) => byte === 10 || byte === 13);
    this.#isSkipping = at === -1;
    this.offset += at === -1 ? bytes.length : at;
    return at === -1 ? null : bytes.subarray(at);
  }

  /** What the decoder still has. @throws InvalidBytes as `pieces` */
  *end(): Generator<string | InvalidBytes> {
    let text: string | null = null;
    try {
      text = this.#decoder.decode();
    } catch {
      // Of an encoding that keeps the rest to itself.
    }
    if (text !== null && this.#rest.length === 0) {
      yield text;
      return;
    }
    const cut = new InvalidBytes(this.offset, null, '');
    if (this.encoding !== 'utf-8') throw cut;
    yield cut;
  }

  #whole(bytes: Buffer): string | InvalidBytes {
    try {
      return this.#decoder.decode(bytes, { stream: isStateful(this.encoding) });
    } catch {
      const valid = lengthOfValid(this.encoding, bytes);
      const before = new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes.subarray(0, valid));
      return new InvalidBytes(this.offset + valid, bytes[valid] ?? null, before);
    }
  }
}

/** Those whose pieces are not cut between characters here, but by the decoder. */
const isStateful = (encoding: string): boolean => !encoding.startsWith('utf-');

/** How many of the last bytes are the beginning of a character. */
function tailOf(encoding: string, bytes: Buffer): number {
  const { length } = bytes;
  if (encoding === 'utf-8') {
    for (let i = 1; i <= Math.min(3, length); i++) {
      const byte = bytes[length - i]!;
      if ((byte & 0xc0) === 0x80) continue;
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return size > i ? i : 0;
    }
    return 0;
  }
  if (isStateful(encoding)) return 0;
  const odd = length % 2;
  const high = bytes[length - odd - (encoding === 'utf-16le' ? 1 : 2)];
  return odd + (high !== undefined && (high & 0xfc) === 0xd8 ? 2 : 0);
}

/** How many bytes come before the first invalid one: a prefix decodes exactly if that is not in it. */
function lengthOfValid(encoding: string, bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  // A character that only its last byte spoils begins some bytes earlier.
  return valid - tailOf(encoding, bytes.subarray(0, valid));
}
