import { dirname } from 'node:path';
import { type Digests, FileHash } from '../../util/file-hash';
import { makeFolder } from '../../util/make-folder';
import { ReplacedFile } from '../../util/replaced-file';
import { writeTarget } from '../../util/write-target';
import { claim } from './being-written';
import { writeError } from './write-error';

/** What writes a file touches it many times a day. */
export const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** A part of a file. */
export type Bytes = string | Uint8Array;

/** A file that is hashed as it is written, and has its name once it is whole. Errors are in the words of a person. */
export class OutputFile {
  readonly #hash = new FileHash();

  private constructor(
    private readonly path: string,
    private readonly file: ReplacedFile,
    private readonly release: () => void,
  ) {}

  /** Folders above it are made as needed. */
  static async begin(path: string): Promise<OutputFile> {
    try {
      await makeFolder(dirname(path));
      const target = await writeTarget(path);
      const release = target.isDevice ? () => undefined : claim(target.path);
      try {
        return new OutputFile(path, await ReplacedFile.begin(target, ABANDONED_MS), release);
      } catch (error) {
        release();
        throw error;
      }
    } catch (error) {
      throw writeError(path, error);
    }
  }

  async write(part: Bytes): Promise<void> {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    if (bytes.length === 0) return;
    this.#hash.update(bytes);
    await this.#told(this.file.write(bytes));
  }

  /** Keeps no file open until it is completed. */
  close(): Promise<void> {
    return this.#told(this.file.close());
  }

  async complete(): Promise<Digests> {
    await this.#told(this.file.complete());
    this.release();
    return this.#hash.digests();
  }

  async discard(): Promise<void> {
    await this.file.discard().finally(this.release);
  }

  #told<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw writeError(this.path, error);
    });
  }
}
