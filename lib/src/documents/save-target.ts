import { lstat, open, readlink, realpath } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileKind } from '../util/file-kind';

/** Where a document is to be written, once that is known to do no harm. */
export interface Target {
  /** Without symbolic links. */
  path: string;
  /** A character device, which is written to rather than replaced. */
  isDevice: boolean;
  /** The file that is replaced. */
  existing: { mode: number; uid: number; gid: number } | null;
}

const MODE_BITS = 0o7777;
const WRITE_BITS = 0o222;
/** As many as Linux follows. */
const MAX_LINKS = 40;
/** How each document begins, however it is indented. */
const BEGINNING = /^\uFEFF?\s*\{\s*"format"\s*:\s*"stemma-provenance"/;
const LOOKED_AT_BYTES = 256;

/**
 * The file that `path` leads to, which need not exist.
 *
 * @throws Error if it cannot be replaced by a document: a folder, FIFO, socket or disk, a read-only file, or one that holds something else.
 */
export async function findTarget(path: string): Promise<Target> {
  const real = await followLinks(resolve(path));
  const stats = await statOrNull(real);
  if (stats === null) return { path: real, isDevice: false, existing: null };
  if (stats.isCharacterDevice()) return { path: real, isDevice: true, existing: null };
  if (!stats.isFile()) throw new Error(`expected a regular file, got ${fileKind(stats)}`);
  if ((stats.mode & WRITE_BITS) === 0) throw new Error('the file is read-only');
  if (stats.size > 0 && !BEGINNING.test(await beginningOf(real)))
    throw new Error(
      'there is a file of that name that is not a provenance document; choose another name, or remove it',
    );
  return { path: real, isDevice: false, existing: { mode: stats.mode & MODE_BITS, uid: stats.uid, gid: stats.gid } };
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

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
