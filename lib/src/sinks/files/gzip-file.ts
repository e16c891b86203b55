import { createGzip } from 'node:zlib';
import type { Digests } from '../../util/file-hash';
import type { Bytes, OutputFile } from './output-file';

/** Packs what is written to a file, in a thread of its own. The digests are those of the packed file. */
export class GzipFile {
  readonly #gzip = createGzip();
  #packed: Uint8Array[] = [];

  constructor(private readonly file: OutputFile) {
    this.#gzip.on('data', (bytes: Uint8Array) => this.#packed.push(bytes));
  }

  async write(part: Bytes): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.#gzip.write(part, (error) => (error ? reject(error) : resolve())),
    );
    await this.#pass();
  }

  async complete(): Promise<Digests> {
    await new Promise<void>((resolve, reject) => this.#gzip.once('end', resolve).once('error', reject).end());
    await this.#pass();
    return this.file.complete();
  }

  discard(): Promise<void> {
    this.#gzip.destroy();
    return this.file.discard();
  }

  async #pass(): Promise<void> {
    const packed = this.#packed;
    this.#packed = [];
    await this.file.write(Buffer.concat(packed));
  }
}
