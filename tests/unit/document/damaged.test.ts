import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { Dataset, DocumentError, type ProvenanceDocument, readDocument, saveDocument } from 'stemma';
import { temporaryFolder } from '../../support/temporary-folder';
import { inSession } from './in-session';

const folder = temporaryFolder();
const path = join(folder, 'damaged.json');
let document: ProvenanceDocument;
let bytes: Buffer;

beforeAll(async () => {
  document = await inSession(() =>
    Dataset.range(9, 'Zahlen')
      .map((n) => ({ n, name: `Größe ${n}` }), 'Benannt')
      .batch(2)
      .count(),
  );
  await saveDocument(document, path);
  bytes = readFileSync(path);
});

/** What is read of the file with these bytes: the document, or the error that says why not. */
function read(damaged: Uint8Array): ProvenanceDocument | DocumentError {
  writeFileSync(path, damaged);
  try {
    return readDocument(path);
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
}

const whole = () => JSON.parse(JSON.stringify(document)) as ProvenanceDocument;

it('a document with any byte changed is refused, or reads as it was', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= change;
      const found = read(damaged);
      // Spaces, and the names of the checksum and its digits in another case, say nothing of the content.
      if (!(found instanceof DocumentError)) expect({ ...found, checksum: undefined }).toEqual(whole());
      else expect(found.message.length).toBeLessThan(1_000);
    }),
    { numRuns: 300 },
  );
});

it('a checksum of which the name is damaged is refused, too', () => {
  const at = bytes.lastIndexOf('checksum');
  for (let letter = 0; letter < 'checksum'.length; letter++) {
    const damaged = Uint8Array.from(bytes);
    damaged[at + letter]! ^= 1;
    const found = read(damaged);
    expect(found).toBeInstanceOf(DocumentError);
    expect((found as DocumentError).message).toContain('was damaged after it was written: its checksum is called "');
  }
});

it('a document that was cut off anywhere is refused', () => {
  fc.assert(
    // Without the line break at its end it is whole.
    fc.property(fc.nat(bytes.length - 3), (length) => {
      expect(read(bytes.subarray(0, length))).toBeInstanceOf(DocumentError);
    }),
    { numRuns: 100 },
  );
});
