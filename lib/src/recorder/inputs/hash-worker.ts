/** Hashes the files of sources, in a thread of its own: reads each file once, and again only once it has changed. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { SourceContents } from 'stemma-document';
import { type Digests, FileHash } from '../../util/file-hash';
import { folderDigests, type HashedFile } from '../../util/folder-digest';

/**
 * Files by their paths, relative ones to `folder`. To work out anything of ten thousand of them would hold the thread
 * that asks.
 */
export interface HashRequest {
  id: number;
  folder: string;
  files: readonly string[];
}

export interface HashReply {
  id: number;
  /** Null where a file cannot be read. */
  contents: SourceContents | null;
}

const known = new Map<string, Digests>();
const buffer = Buffer.allocUnsafe(1024 * 1024);

parentPort!.on('message', ({ id, folder, files }: HashRequest) => {
  const contents = contentsOf(files.map((file) => path.resolve(folder, file)));
  parentPort!.postMessage({ id, contents } satisfies HashReply);
});

function contentsOf(files: readonly string[]): SourceContents | null {
  try {
    const common = commonFolder(files);
    const hashed = files.map((file) => ({ path: path.relative(common, file).replace(/\\/g, '/'), ...hashOf(file) }));
    const bytes = hashed.reduce((total, file) => total + file.bytes, 0);
    const [first] = hashed;
    const { sha256, md5 } = hashed.length === 1 ? first! : folderDigests(hashed satisfies HashedFile[]);
    return { files: hashed.length, bytes, sha256, md5 };
  } catch {
    return null;
  }
}

/** By what changes with each write: path, size, time and inode. */
function hashOf(file: string): Digests {
  const { size, mtimeMs, ino } = statSync(file);
  const key = `${file}\n${size}\n${mtimeMs}\n${ino}`;
  const found = known.get(key) ?? read(file);
  known.set(key, found);
  return found;
}

function read(name: string): Digests {
  const hash = new FileHash();
  const file = openSync(name, 'r');
  try {
    for (;;) {
      const length = readSync(file, buffer);
      if (length === 0) return hash.digests();
      hash.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

/** The folder that all files are in: their paths from there on are the same on every machine. */
function commonFolder(files: readonly string[]): string {
  let common = path.dirname(files[0]!).split(path.sep);
  for (const file of files) {
    const parts = path.dirname(file).split(path.sep);
    const length = common.findIndex((part, index) => part !== parts[index]);
    if (length >= 0) common = common.slice(0, length);
  }
  return common.join(path.sep) || path.sep;
}
