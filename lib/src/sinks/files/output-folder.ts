import { lstat, mkdir, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { inWords } from '../../util/check';
import { type Digests, FileHash } from '../../util/file-hash';
import { folderDigests, type HashedFile } from '../../util/folder-digest';
import { makeFolder } from '../../util/make-folder';
import { freeName, isNoPart, removeAtExit } from '../../util/replaced-file';
import { syncFolder } from '../../util/temporary-files';
import { within } from '../../util/within';
import { claim } from './being-written';
import { ABANDONED_MS, type Bytes } from './output-file';
import { writeError } from './write-error';

/** A folder of files that has its name once all of them are there. */
export class OutputFolder {
  readonly #files = new Map<string, HashedFile>();
  readonly #folders = new Set<string>();
  #bytes = 0;

  private constructor(
    /** As the user gave it. */
    private readonly given: string,
    private readonly temporary: string,
    private readonly overwrite: boolean,
    private readonly release: () => void,
  ) {}

  /** @throws SetupError if the folder exists and may not be replaced, or cannot be made. */
  static async begin(given: string, overwrite: boolean): Promise<OutputFolder> {
    try {
      const target = path.resolve(given);
      await checkReplaceable(target, overwrite);
      await makeFolder(path.dirname(target));
      const release = claim(path.join(await realpath(path.dirname(target)), path.basename(target)));
      try {
        const temporary = await freeName(target, ABANDONED_MS);
        await mkdir(temporary);
        removeAtExit(temporary);
        return new OutputFolder(given, temporary, overwrite, release);
      } catch (error) {
        release();
        throw error;
      }
    } catch (error) {
      throw writeError(given, error);
    }
  }

  /** Adds a file. @throws if it has no name in the folder, or one that is taken; SetupError if it cannot be written. */
  async add(name: string, content: Bytes): Promise<void> {
    checkName(name);
    if (this.#files.has(name)) throw taken(name);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    await this.#makeFolder(path.posix.dirname(name), name);
    await writeFile(path.join(this.temporary, name), bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      // On a disk that does not tell small letters from great ones, or where a folder has the name.
      if (error.code === 'EEXIST' || error.code === 'EISDIR') throw taken(name);
      if (error.code === 'ENAMETOOLONG') throw new TypeError(`the name ${inWords(name)} is too long for a file`);
      throw writeError(path.join(this.given, name), error);
    });
    this.#bytes += bytes.length;
    this.#files.set(name, { path: name, ...new FileHash().update(bytes).digests() });
  }

  async #makeFolder(folder: string, name: string): Promise<void> {
    if (folder === '.' || this.#folders.has(folder)) return;
    await makeFolder(path.join(this.temporary, folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST' || error.code === 'ENOTDIR')
        throw new TypeError(`a part of the name ${inWords(name)} is the name of a file; no file can be in a file`);
      throw writeError(path.join(this.given, folder), error);
    });
    this.#folders.add(folder);
  }

  /** The folder has its name, in place of the one that was there. */
  async complete(): Promise<Digests & { files: number }> {
    const target = path.resolve(this.given);
    const old = await freeName(target, ABANDONED_MS);
    try {
      await checkReplaceable(target, this.overwrite);
      const isReplaced = await rename(target, old).then(
        () => true,
        () => false,
      );
      try {
        await rename(this.temporary, target);
      } catch (error) {
        if (isReplaced) await rename(old, target);
        throw error;
      }
      isNoPart(this.temporary);
      await rm(old, { recursive: true, force: true });
      await syncFolder(path.dirname(target));
      this.release();
    } catch (error) {
      throw writeError(this.given, error);
    }
    return { files: this.#files.size, bytes: this.#bytes, ...folderDigests([...this.#files.values()]) };
  }

  async discard(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true }).finally(this.release);
    isNoPart(this.temporary);
  }
}

/** @throws if something is in the way that nobody has asked to replace, or that must not be. */
async function checkReplaceable(target: string, overwrite: boolean): Promise<void> {
  const stats = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (stats === null) return;
  if (!stats.isDirectory()) throw new Error('there is something of that name that is not a folder');
  if ((await readdir(target)).length > 0 && !overwrite)
    throw new Error(
      'the folder is there, and not empty; pass overwrite: true to replace it and all that is in it, or choose another name',
    );
  for (const [what, folder] of [
    ['the working folder', process.cwd()],
    ['your home folder', homedir()],
  ] as const)
    if (within(target, folder) !== null)
      throw new Error(`${what} is in it, which must not be replaced; choose another name`);
}

/** @throws TypeError unless it is a relative path with slashes that stays within the folder. */
function checkName(name: unknown): asserts name is string {
  const parts = typeof name === 'string' ? name.split('/') : [''];
  const isOdd = (part: string): boolean => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part);
  if (parts.some(isOdd) || /\p{Surrogate}/u.test(name as string) || /^[A-Za-z]:/.test(name as string))
    throw new TypeError(
      `the name is ${inWords(name)}: expected the path of a file within the folder, such as "cat/1.png", without "..", "\\" and a "/" at either end`,
    );
}

const taken = (name: string): TypeError =>
  new TypeError(
    `the name ${inWords(name)} is taken by another item; give each one a name of its own, as with its index`,
  );
