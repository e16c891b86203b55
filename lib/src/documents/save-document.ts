import { checkGiven, type ProvenanceDocument, withChecksum } from 'stemma-document';
import { checkPath } from '../util/check';
import { ReplacedFile } from '../util/replaced-file';
import { findTarget } from './save-target';

/** A temporary file of this age was left by a process that was killed: a save takes seconds. */
const STALE_MS = 10 * 60_000;

/**
 * Writes a document as JSON, atomically: to a temporary file beside it, which is then renamed. A symbolic link stays,
 * and its target is replaced; the mode of an existing file is kept. A checksum in the document reveals a damaged file.
 *
 * @throws if the file cannot be written, is read-only, is not a regular file, or holds something other than a
 *   provenance document.
 * @example
 * await saveDocument(merge(readDocument('1.json'), readDocument('2.json')), 'both.json');
 */
export async function saveDocument(document: ProvenanceDocument, path: string): Promise<void> {
  checkGiven(document, 'saveDocument');
  checkPath(path, 'path of saveDocument');
  const text = `${JSON.stringify(withChecksum(document), null, 2)}\n`;
  try {
    const file = await ReplacedFile.begin(await findTarget(path), STALE_MS);
    try {
      await file.write(text);
      await file.complete();
    } catch (error) {
      await file.discard();
      throw error;
    }
  } catch (error) {
    throw new Error(`cannot save the provenance to "${path}": ${(error as Error).message}`, { cause: error });
  }
}
