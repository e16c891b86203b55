import type { Bytes } from './output-file';

/** How items become a file. */
export interface FileFormat {
  /**
   * The bytes of an item, or of those so far; nothing where they wait for others.
   * @throws if it cannot be written in this format.
   */
  encode(item: unknown): Bytes | null | Promise<Bytes | null>;
  /** What comes behind the last item, or is all of a file without items. */
  end(): Bytes | null | Promise<Bytes | null>;
}

/** Text and bytes are handed to the system in pieces of about this many. */
const PIECE = 256 * 1024;

/** Joins small parts of a file to pieces that are worth a write. */
export class Pieces {
  #parts: Bytes[] = [];
  #size = 0;

  /** Whether there is enough for a write. */
  add(part: Bytes): boolean {
    this.#parts.push(part);
    this.#size += part.length;
    return this.#size >= PIECE;
  }

  take(): Bytes {
    const parts = this.#parts;
    this.#parts = [];
    this.#size = 0;
    if (parts.every((part) => typeof part === 'string')) return parts.join('');
    return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  }
}
