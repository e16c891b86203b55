import type { ProvenanceDocument } from '../model/document';
import { assemble } from './assemble';
import { checkGiven } from '../reading/check-given';
import { unite } from './parts';
import { takeApart } from './take-apart';

/**
 * One document of several: of the shards of a run, of the sessions of a notebook, of snapshots of one session.
 * Associative, commutative and idempotent: in whatever order and grouping documents are merged, and however often, the
 * JSON is the same byte for byte.
 *
 * The same code in the same place of the graph is one process. Counts add up over sessions; a session that comes twice
 * counts once.
 *
 * @throws DocumentError if a graph has a cycle, TypeError for anything but documents.
 * @example
 * const shards = ['1.json', '2.json'].map(readDocument);
 * await saveDocument(merge(...shards), 'merged.json');
 */
export function merge(...documents: ProvenanceDocument[]): ProvenanceDocument {
  const [first, ...rest] = documents;
  if (first === undefined) throw new TypeError('invalid documents of merge: expected at least one, got none');
  for (const document of documents) checkGiven(document, 'merge');
  return assemble(rest.map(takeApart).reduce(unite, takeApart(first)));
}
