import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Dataset, diff, provenance, type ProvenanceDocument } from 'stemma';
import { describeDiff } from '../../../../lib/src/cli/describe-diff';
import { printable, withoutControls } from 'stemma-document';
import { summaryOf } from '../../../../lib/src/cli/summary';
import { arbitraryDocument } from '../../document/arbitrary-document';
import { inSession } from '../../document/in-session';

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

const hostile = fc.stringMatching(/^[\u0000-\u0020\u007f-\u009f\u2028-\u202e\u2066-\u2069a-z│"]{1,200}$/);

/** A document in which the texts that the commands print are somebody else's. */
const hostileDocument = fc
  .tuple(arbitraryDocument, fc.infiniteStream(hostile))
  .map(([document, texts]): ProvenanceDocument => {
    const next = (): string => texts.next().value as string;
    const copy = structuredClone(document);
    for (const process of copy.processes) Object.assign(process, { kind: next(), label: next() });
    for (const run of copy.runs) run.diagnosis = next();
    return copy;
  });

it('nothing in a document controls the terminal or forges a row of a table', () => {
  fc.assert(
    fc.property(hostileDocument, hostileDocument, (a, b) => {
      for (const text of [summaryOf(a), describeDiff(diff(a, b))]) {
        expect(text).not.toMatch(CONTROLS);
        const table = text.slice(0, text.lastIndexOf('└')).trimEnd().split('\n');
        expect(new Set(table.map((row) => row.length)).size).toBe(1);
      }
    }),
    { numRuns: 100 },
  );
});

it('a printable text is one line without controls, as short as asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 200 }), (text, max) => {
      const printed = printable(text, max);
      expect(printed.length).toBeLessThanOrEqual(max);
      expect(printed).not.toMatch(/[\n\t]/);
      expect(printed).not.toMatch(CONTROLS);
      expect(withoutControls(printed)).toBe(printed);
    }),
  );
});

it('a table counts the items of the latest run, and notes it where there were several', async () => {
  const document = await inSession(async () => {
    const rows = Dataset.range(1002, 'Rows');
    await rows.count('Count');
    expect(summaryOf(provenance.document())).not.toContain('runs');
    await rows.count('Count');
  });
  const table = summaryOf(document);
  expect(table).toMatch(/Count.*\b1002\b.*\b2\b/);
  expect(table).not.toContain('2004');
  expect(table).toContain('Counts are those of the latest run of each operation, times those of all its runs.');
});
