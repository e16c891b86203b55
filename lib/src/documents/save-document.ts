import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkGiven, type ProvenanceDocument, withChecksum } from 'stemma-document';
import { checkPath } from '../util/check';
import { removeStale, syncFolder } from '../util/temporary-files';
import { findTarget, type Target } from './save-target';

/** A temporary file of this age was left by a process that was killed: a save takes seconds. */
const STALE_MS = 10 * 60_000;

/**
 * Writes a document as JSON, atomically: to a temporary file beside it, which is then renamed. A symbolic link stays, and
 * its target is replaced; the mode of an existing file is kept. A checksum in the document reveals a damaged file.
 *
 * @throws if the file cannot be written, is read-only, is not a regular file, or holds something other than a provenance document.
 * @example
 * await saveDocument(merge(readDocument('1.json'), readDocument('2.json')), 'both.json');
 */
export async function saveDocument(document: ProvenanceDocument, path: string): Promise<void> {
  checkGiven(document, 'saveDocument');
  checkPath(path, 'path of saveDocument');
  const text = `${JSON.stringify(withChecksum(document), null, 2)}\n`;
  try {
    const target = await findTarget(path);
    if (target.isDevice) await writeDevice(target, text);
    else await replace(target, text);
  } catch (error) {
    throw new Error(`cannot save the provenance to "${path}": ${(error as Error).message}`, { cause: error });
  }
}

/** `/dev/null` and terminals take what they get; there is nothing to replace. */
async function writeDevice({ path }: Target, text: string): Promise<void> {
  const device = await open(path, 'r+');
  await device.writeFile(text).finally(() => device.close());
}

async function replace({ path, existing }: Target, text: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.stemma-`;
  await removeStale(folder, (name) => name.startsWith(prefix) && name.endsWith('.tmp'), STALE_MS);
  const temporary = join(folder, `${prefix}${randomBytes(8).toString('hex')}.tmp`);
  // A name that exists, or a link that was planted there, is an error.
  const file = await open(temporary, 'wx', existing?.mode);
  try {
    await write(file, text, existing).finally(() => file.close());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function write(file: FileHandle, text: string, existing: Target['existing']): Promise<void> {
  if (existing !== null) {
    // Only root may give a file away; for anyone else it stays their own.
    await file.chown(existing.uid, existing.gid).catch(() => undefined);
    // The umask has masked the mode that `open` got.
    await file.chmod(existing.mode);
  }
  await file.writeFile(text);
  await file.sync();
}
