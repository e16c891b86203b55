import { createHash } from 'node:crypto';

/** By what the contents of a file are known. */
export interface Digests {
  bytes: number;
  sha256: string;
  /** By which DVC knows a file. */
  md5: string;
}

/** The digests of a file, from its parts as they are read or written. */
export class FileHash {
  #bytes = 0;
  readonly #sha256 = createHash('sha256');
  readonly #md5 = createHash('md5');

  update(part: Uint8Array): this {
    this.#bytes += part.length;
    this.#sha256.update(part);
    this.#md5.update(part);
    return this;
  }

  /** Once all parts were there. */
  digests(): Digests {
    return { bytes: this.#bytes, sha256: this.#sha256.digest('hex'), md5: this.#md5.digest('hex') };
  }
}
