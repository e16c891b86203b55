import { readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { Digests } from '../../../util/file-hash';
import { folderDigests, type HashedFile } from '../../../util/folder-digest';
import { OutputFile } from '../output-file';
import { writeError } from '../write-error';
import { TAR_END } from './tar';

const NUMBER = /%0?(\d*)d/;

/** When a file has enough samples. */
export interface ShardLimits {
  items: number;
  bytes: number;
}

/** Archives that are written one after the other, and have their names once all of them are whole. */
export class Shards {
  readonly #done: { name: string; file: OutputFile }[] = [];
  #open: { name: string; file: OutputFile; items: number; bytes: number } | null = null;

  private constructor(
    /** With `%06d` in its name where there may be several. */
    private readonly pattern: string,
    private readonly limits: ShardLimits,
    private readonly overwrite: boolean,
  ) {}

  /** @throws SetupError if there are archives of that name already which may not be replaced, or none can be written */
  static async begin(pattern: string, limits: ShardLimits, overwrite: boolean): Promise<Shards> {
    const shards = new Shards(pattern, limits, overwrite);
    const there = isNumbered(pattern) ? await shards.#names() : [];
    if (there.length > 0 && !overwrite)
      throw writeError(pattern, new Error(`there is "${there[0]}" already; pass overwrite: true to replace all of that pattern, or choose another name`)); // prettier-ignore
    await shards.#next();
    return shards;
  }

  async add(sample: Buffer): Promise<void> {
    const { items, bytes } = this.#open!;
    if (items > 0 && (items >= this.limits.items || bytes + sample.length > this.limits.bytes)) {
      await this.#seal();
      await this.#next();
    }
    const open = this.#open!;
    open.items++;
    open.bytes += sample.length;
    await open.file.write(sample);
  }

  /** All archives have their names; those of before that this run did not write are gone. */
  async complete(): Promise<Digests & { files: number }> {
    await this.#seal();
    const hashed: (HashedFile & { bytes: number })[] = [];
    for (const { name, file } of this.#done) hashed.push({ path: path.basename(name), ...(await file.complete()) });
    if (!isNumbered(this.pattern)) {
      const { bytes, sha256, md5 } = hashed[0]!;
      return { files: 1, bytes, sha256, md5 };
    }
    const written = new Set(hashed.map((file) => file.path));
    if (this.overwrite)
      for (const name of await this.#names())
        if (!written.has(name)) await rm(path.join(path.dirname(this.pattern), name), { force: true });
    const bytes = hashed.reduce((total, file) => total + file.bytes, 0);
    return { files: hashed.length, bytes, ...folderDigests(hashed) };
  }

  async discard(): Promise<void> {
    for (const { file } of [...this.#done, ...(this.#open === null ? [] : [this.#open])]) await file.discard();
  }

  async #next(): Promise<void> {
    const number = this.#done.length;
    const name = this.pattern.replace(NUMBER, (_, width: string) => String(number).padStart(Number(width), '0'));
    this.#open = { name, file: await OutputFile.begin(name), items: 0, bytes: 0 };
  }

  async #seal(): Promise<void> {
    const { name, file } = this.#open!;
    await file.write(TAR_END);
    await file.close();
    this.#done.push({ name, file });
    this.#open = null;
  }

  /** The archives of this pattern that there are. */
  async #names(): Promise<string[]> {
    const [before, after] = path
      .basename(this.pattern)
      .split(NUMBER)
      .filter((_, i) => i !== 1) as [string, string];
    const isOurs = (name: string): boolean =>
      name.startsWith(before) &&
      name.endsWith(after) &&
      /^\d+$/.test(name.slice(before.length, name.length - after.length));
    return (await readdir(path.dirname(this.pattern)).catch(() => [])).filter(isOurs);
  }
}

/** Whether a name has a place for a number, in its last part. */
export const isNumbered = (pattern: string): boolean => NUMBER.test(path.basename(pattern));
