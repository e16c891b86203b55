import { lstat, readlink, realpath } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileKind } from './file-kind';

/** Where a file is to be written. */
export interface Target {
  /** Without symbolic links. */
  path: string;
  /** A character device, which is written to rather than replaced. */
  isDevice: boolean;
  /** The file that is replaced. */
  existing: { mode: number; uid: number; gid: number; size: number } | null;
}

const MODE_BITS = 0o7777;
const WRITE_BITS = 0o222;
/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * The file that `path` leads to, which need not exist.
 *
 * @throws Error if it cannot be replaced: a folder, FIFO, socket or disk, or a read-only file.
 */
export async function writeTarget(path: string): Promise<Target> {
  const real = await followLinks(resolve(path));
  const stats = await statOrNull(real);
  if (stats === null) return { path: real, isDevice: false, existing: null };
  if (stats.isCharacterDevice()) return { path: real, isDevice: true, existing: null };
  if (!stats.isFile()) throw new Error(`expected a regular file, got ${fileKind(stats)}`);
  if ((stats.mode & WRITE_BITS) === 0) throw new Error('the file is read-only');
  const { mode, uid, gid, size } = stats;
  return { path: real, isDevice: false, existing: { mode: mode & MODE_BITS, uid, gid, size } };
}

/** Also links that lead to nothing yet. */
async function followLinks(path: string): Promise<string> {
  let current = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const folder = await realpath(dirname(current)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new Error(`there is no folder "${dirname(current)}"`) : error;
    });
    current = join(folder, basename(current));
    if (!(await statOrNull(current))?.isSymbolicLink()) return current;
    current = resolve(folder, await readlink(current));
  }
  throw new Error('too many symbolic links');
}

async function statOrNull(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
