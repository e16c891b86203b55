import { diff, type ProvenanceDocument, unite } from 'stemma-document';
import { Comparison } from '../model/comparison';
import { SavedSource } from '../model/saved-source';
import { ProvenanceModel } from './provenance-model';

/** A record, and what a person knows it by, such as the name of its file. */
export interface NamedDocument {
  name: string;
  document: ProvenanceDocument;
}

/**
 * Two records as one model, to be mounted: one graph, each step of it marked as added, removed, changed, changed
 * upstream or the same. Throws a `DocumentError` where one of them has a circle.
 */
export function comparedModel(before: NamedDocument, after: NamedDocument): ProvenanceModel {
  const found = diff(before.document, after.document);
  const united = unite(before.document, after.document, found);
  return new ProvenanceModel(new SavedSource(united.document), new Comparison(before.name, after.name, found, united));
}
