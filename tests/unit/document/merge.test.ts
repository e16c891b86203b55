import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge, type ProvenanceDocument } from 'stemma';
import { validDocument } from '../../support/schemas';
import { arbitraryDocument } from './arbitrary-document';
import { soak } from '../../support/soak';

const bytes = (document: ProvenanceDocument): string => JSON.stringify(document);

describe('merge of any documents', () => {
  it('is valid and depends on neither order nor grouping', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, arbitraryDocument, (a, b, c) => {
        const all = bytes(validDocument(merge(a, b, c)));
        expect(bytes(merge(c, a, b))).toBe(all);
        expect(bytes(merge(merge(a, b), c))).toBe(all);
        expect(bytes(merge(a, merge(c, b)))).toBe(all);
      }),
      { numRuns: soak(2400, 120) },
    );
  });

  it('adds nothing where a document comes twice', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const once = merge(a, b);
        expect(bytes(merge(once, a))).toBe(bytes(once));
        expect(bytes(merge(once, once, b))).toBe(bytes(once));
        expect(bytes(merge(a))).toBe(bytes(merge(a, a)));
      }),
      { numRuns: soak(2400, 120) },
    );
  });

  it('leaves what it is given as it was', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        const before = bytes(a);
        merge(a, b);
        expect(bytes(a)).toBe(before);
      }),
      { numRuns: soak(1000, 50) },
    );
  });
});
