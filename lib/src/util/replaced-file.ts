import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeStale, syncFolder } from './temporary-files';
import type { Target } from './write-target';

/** Temporary names that a process which ends has to remove. */
const underWay = new Set<string>();
let isWatching = false;

/**
 * A file that is written beside its place, and takes its name once it is whole, so that nobody ever reads half of it.
 * The mode of an existing file is kept. What killed processes left of it is removed, `staleMs` after they last wrote.
 */
export class ReplacedFile {
  #isClosed = false;

  private constructor(
    private readonly target: Target,
    private readonly file: FileHandle,
    /** Null for a device, which takes what it gets: there is nothing to replace. */
    private readonly temporary: string | null,
  ) {}

  static async begin(target: Target, staleMs: number): Promise<ReplacedFile> {
    const { path, isDevice, existing } = target;
    if (isDevice) return new ReplacedFile(target, await open(path, 'r+'), null);
    const temporary = await freeName(path, staleMs);
    // A name that exists, or a link that was planted there, is an error.
    const file = await open(temporary, 'wx', existing?.mode);
    removeAtExit(temporary);
    const replaced = new ReplacedFile(target, file, temporary);
    if (existing === null) return replaced;
    try {
      // Only root may give a file away; for anyone else it stays their own.
      await file.chown(existing.uid, existing.gid).catch(() => undefined);
      // The umask has masked the mode that `open` got.
      await file.chmod(existing.mode);
    } catch (error) {
      await replaced.discard();
      throw error;
    }
    return replaced;
  }

  write(data: string | Uint8Array): Promise<void> {
    return this.file.writeFile(data);
  }

  /** All is written, and on the disk; the name comes with `complete`. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    // Else the name could be on the disk before the data are. A device has none.
    if (this.temporary !== null) await this.file.sync();
    this.#isClosed = true;
    await this.file.close();
  }

  /** The file has its name, and is on the disk. */
  async complete(): Promise<void> {
    await this.close();
    if (this.temporary === null) return;
    await rename(this.temporary, this.target.path);
    underWay.delete(this.temporary);
    await syncFolder(dirname(this.target.path));
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    if (!this.#isClosed) await this.file.close().catch(() => undefined);
    this.#isClosed = true;
    if (this.temporary === null) return;
    await rm(this.temporary, { force: true });
    underWay.delete(this.temporary);
  }
}

/** A temporary name beside `path`; older ones, which killed processes left, are removed. */
export async function freeName(path: string, staleMs: number): Promise<string> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.stemma-`;
  const isOurs = (name: string): boolean => name.startsWith(prefix) && name.endsWith('.tmp');
  await removeStale(folder, isOurs, staleMs);
  return join(folder, `${prefix}${randomBytes(8).toString('hex')}.tmp`);
}

/** A process that ends by an error, or by `process.exit`, leaves no forgotten parts. */
export function removeAtExit(temporary: string): void {
  underWay.add(temporary);
  if (isWatching) return;
  isWatching = true;
  process.on('exit', () => {
    for (const name of underWay) rmSync(name, { recursive: true, force: true });
  });
}

/** It has its own name now, or is gone. */
export function isNoPart(temporary: string): void {
  underWay.delete(temporary);
}
