/**
 * Hashes the files of sources, in a thread of its own, and asks what DVC knows of them and of what was written. Reads
 * each file once, and again only once it has changed.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { DvcFacts, SourceContents } from 'stemma-document';
import { dvcFacts, dvcFactsOfWritten } from '../dvc/dvc-facts';
import { type Digests, FileHash } from '../../util/file-hash';
import { folderDigests, type HashedFile } from '../../util/folder-digest';

/** Paths are relative to `folder`. */
export type HashRequest = { id: number; folder: string } & (SourceRequest | WrittenRequest);

/** To work out anything of ten thousand files would hold the thread that asks. */
interface SourceRequest {
  files: readonly string[];
  /** As the source was given them: perhaps the folder that they are in. */
  given: string | undefined;
}

/** What was written is hashed already. */
interface WrittenRequest {
  written: string;
  md5: string;
}

export interface HashReply {
  id: number;
  /** Null where a file cannot be read. */
  contents?: SourceContents | null;
  dvc?: DvcFacts;
}

const known = new Map<string, Digests>();
const buffer = Buffer.allocUnsafe(1024 * 1024);

parentPort!.on('message', (request: HashRequest) => {
  const { id, folder } = request;
  const reply: HashReply =
    'files' in request
      ? { id, contents: contentsOf(request, folder) }
      : { id, dvc: dvcOfWritten(path.resolve(folder, request.written), request.md5) };
  parentPort!.postMessage(reply);
});

function contentsOf({ files: names, given }: SourceRequest, folder: string): SourceContents | null {
  try {
    const files = names.map((name) => path.resolve(folder, name));
    const wanted = given === undefined ? null : path.resolve(folder, given);
    const isFolder = wanted !== null && (statSync(wanted, { throwIfNoEntry: false })?.isDirectory() ?? false);
    const common = isFolder ? wanted : commonFolder(files);
    const hashed = files.map((file) => ({
      path: path.relative(common, file).split(path.sep).join('/'),
      ...hashOf(file),
    }));
    const bytes = hashed.reduce((total, file) => total + file.bytes, 0);
    const [first] = hashed;
    const isFile = hashed.length === 1 && !isFolder;
    const { sha256, md5 } = isFile ? first! : folderDigests(hashed satisfies HashedFile[]);
    const dvc = dvcFacts({ target: isFile ? files[0]! : common, files, md5, digestsOf: hashOf });
    return { files: hashed.length, bytes, sha256, md5, ...(dvc === undefined ? {} : { dvc }) };
  } catch {
    return null;
  }
}

function dvcOfWritten(target: string, md5: string): DvcFacts | undefined {
  try {
    return dvcFactsOfWritten(target, { md5, digestsOf: hashOf });
  } catch {
    // It has gone already.
    return undefined;
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

/** The innermost folder that all files are in: their paths from there on are the same on every machine. */
function commonFolder(files: readonly string[]): string {
  let common = path.dirname(files[0]!).split(path.sep);
  for (const file of files) {
    const parts = path.dirname(file).split(path.sep);
    const length = common.findIndex((part, index) => part !== parts[index]);
    if (length >= 0) common = common.slice(0, length);
  }
  return common.join(path.sep) || path.sep;
}
