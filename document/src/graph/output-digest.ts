import { compareText, hashJson } from '../json/canonical-json';
import type { Artifact, JsonValue, ProvenanceDocument } from '../model/document';
import { checkGiven } from '../reading/check-given';
import { currentProcesses } from './current-processes';

/**
 * Says whether the same came out: a hash of the digests of all that sinks took, of the values that they returned, and
 * of the files that they wrote. It knows no names and no code, so other code with the same results has the same. Null
 * where no end has a digest. `inOrder: false`: whatever order items came in, as for merged documents, which know none.
 *
 * @example
 * outputDigest(readDocument('a.json')) === outputDigest(readDocument('b.json')); // true
 */
export function outputDigest(document: ProvenanceDocument, { inOrder = true } = {}): string | null {
  checkGiven(document, 'outputDigest');
  const artifacts = new Map(document.artifacts.map((artifact) => [artifact.id, artifact]));
  const ends = currentProcesses(document.processes).filter(({ role }) => role === 'sink');
  const ids = new Set(ends.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
  const digests = [...ids].flatMap((id) => contentOf(artifacts.get(id), inOrder) ?? []).sort(compareText);
  return digests.length === 0 ? null : hashJson(digests as JsonValue);
}

/** Whether documents know the order of items: those of several sessions do not. */
export const knowOrder = (...documents: readonly ProvenanceDocument[]): boolean =>
  documents.every(({ contributions }) => contributions === undefined);

/** What was in an artifact, as a text to compare; null where it is not known. */
export function contentOf(artifact: Artifact | undefined, inOrder = true): string | null {
  const { digest, written } = artifact?.execution ?? {};
  const files = written?.map(({ sha256 }) => sha256) ?? [];
  const items =
    digest === undefined ? [] : [`${digest.items} ${(inOrder ? digest.ordered : undefined) ?? digest.unordered}`];
  const contents = [...items, ...files];
  return contents.length === 0 ? null : contents.join(' ');
}
