import { open, rename, rm } from 'node:fs/promises';
import type { ProvenanceDocument } from './document';

/**
 * Writes a document as JSON: to a file beside it first, which then takes its name, so that nobody ever reads half of it.
 *
 * @throws if the file cannot be written.
 * @example
 * await saveDocument(merge(readDocument('1.json'), readDocument('2.json')), 'both.json');
 */
export async function saveDocument(document: ProvenanceDocument, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(`${JSON.stringify(document, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`cannot save the provenance to "${path}": ${(error as Error).message}`, { cause: error });
  }
}
