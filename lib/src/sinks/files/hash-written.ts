import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
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
