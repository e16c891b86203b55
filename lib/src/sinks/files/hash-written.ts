import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { WrittenFile } from 'stemma-document';
import { type Digests, FileHash } from '../../util/file-hash';
import { folderDigests, type HashedFile } from '../../util/folder-digest';

/**
 * The hashes of a file, or of a folder with all files in it, read a piece at a time.
 * @throws if it is not there, or cannot be read
 */
export async function hashWritten(target: string): Promise<Digests & { files: number }> {
  const stats = await stat(target);
  if (stats.isFile()) return { files: 1, ...(await hashFile(target)) };
  if (!stats.isDirectory()) throw new Error('it is neither a file nor a folder');
  const hashed: HashedFile[] = [];
  let bytes = 0;
  for (const within of await readdir(target, { recursive: true })) {
    const file = path.join(target, within);
    if (!(await stat(file)).isFile()) continue;
    const digests = await hashFile(file);
    bytes += digests.bytes;
    hashed.push({ ...digests, path: within.split(path.sep).join('/') });
  }
  return { files: hashed.length, bytes, ...folderDigests(hashed) };
}

async function hashFile(file: string): Promise<Digests> {
  const hash = new FileHash();
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digests();
}

/**
 * A file, or a folder of files, that other code wrote. `what` was to be done with it, for errors.
 *
 * @throws if there is no such file, or it cannot be read
 */
export async function hashNamed(given: string, what: string): Promise<WrittenFile> {
  try {
    return { path: given, ...(await hashWritten(given)) };
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message;
    throw new Error(`cannot ${what}: ${reason} (looked for at "${path.resolve(given)}")`, { cause: error });
  }
}
