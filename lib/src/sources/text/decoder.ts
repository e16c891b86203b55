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
 * Turns the bytes of a text into its characters, some at a time. Nothing is replaced: what is no character is an error.
 */
export class Decoder {
  readonly #decoder: TextDecoder;
  /** The beginning of a character whose other bytes are yet to come. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(
    readonly encoding: string,
    /** How many bytes come before the first ones. */
    private offset: number,
  ) {
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** @throws InvalidBytes */
  decode(bytes: Buffer): string {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const end = all.length - tailOf(this.encoding, all);
    const text = this.#whole(all.subarray(0, end));
    this.#rest = all.subarray(end);
    this.offset += end;
    return text;
  }

  /** @throws InvalidBytes if the last character is not whole. */
  end(): string {
    try {
      const text = this.#decoder.decode();
      if (this.#rest.length === 0) return text;
    } catch {
      // Of an encoding that keeps the rest to itself.
    }
    throw new InvalidBytes(this.offset, null, '');
  }

  #whole(bytes: Buffer): string {
    try {
      return this.#decoder.decode(bytes, { stream: isStateful(this.encoding) });
    } catch {
      const valid = lengthOfValid(this.encoding, bytes);
      const before = new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes.subarray(0, valid));
      throw new InvalidBytes(this.offset + valid, bytes[valid] ?? null, before);
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
