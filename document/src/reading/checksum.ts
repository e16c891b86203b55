import type { ProvenanceDocument } from '../model/document';
import { hashJson } from '../json/canonical-json';
import { DocumentError } from './document-error';

const PREFIX = 'sha256:';

/** The document with its checksum as the last member: how it is written to files. */
export function withChecksum(document: ProvenanceDocument): ProvenanceDocument {
  return { ...document, checksum: `${PREFIX}${hashJson({ ...document, checksum: undefined })}` };
}

/**
 * The document without its checksum, where it has one.
 *
 * @throws DocumentError if it is not the checksum of the document.
 */
export function verifyChecksum(document: ProvenanceDocument, name: string): ProvenanceDocument {
  const { checksum, ...rest } = document;
  if (checksum === undefined) {
    refuseDamagedName(rest, name);
    return document;
  }
  if (checksum !== `${PREFIX}${hashJson(rest)}`)
    throw new DocumentError(
      `checksum: ${name} was changed or damaged after it was written; remove the member "checksum" to read it all the same`,
      'checksum',
    );
  return rest;
}

/**
 * Members that later versions add are passed over, so that a damaged name would take the checksum away without a word.
 */
function refuseDamagedName(document: object, name: string): void {
  for (const [member, value] of Object.entries(document) as [string, unknown][])
    if (
      typeof value === 'string' &&
      value.startsWith(PREFIX) &&
      value === `${PREFIX}${hashJson({ ...document, [member]: undefined })}`
    )
      throw new DocumentError(`${name} was damaged after it was written: its checksum is called "${member}"`, member);
}
