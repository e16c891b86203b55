import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Dataset, DocumentError, merge, type ProvenanceDocument, readDocument, saveDocument } from 'stemma';
import { findProblem, type RootSchema } from 'stemma/dist/documents/check-schema.js';
import schema from '../../../../schema/provenance.schema.json';
import { validDocument } from '../../../support/schemas';
import { temporaryFolder } from '../../../support/temporary-folder';
import { arbitraryDocument } from './arbitrary-document';
import { inSession } from './in-session';

describe('readDocument', () => {
  const folder = temporaryFolder();
  let document: ProvenanceDocument;

  beforeAll(async () => {
    document = await inSession(() =>
      Dataset.range(9, 'Rows')
        .map((n) => ({ n, image: { data: new Float32Array(48), shape: [3, 4, 4] } }), 'Images')
        .batch(2, 'Pairs')
        .count(),
    );
  });

  const read = (value: unknown): DocumentError => {
    try {
      readDocument(value);
    } catch (error) {
      if (error instanceof DocumentError) return error;
      throw error;
    }
    throw new Error('it was read');
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document is broken at places that its type does not allow
  const changed = (change: (copy: any) => void): DocumentError => {
    const copy = structuredClone(document);
    change(copy);
    return read(copy);
  };

  it('reads what was saved, as it was, from a file, its text or what was parsed', async () => {
    const path = join(folder, 'run.json');
    await saveDocument(document, path);
    expect(readDocument(path)).toEqual(document);
    expect(readDocument(JSON.stringify(document))).toEqual(document);
    expect(readDocument(document)).toEqual(document);
    const merged = merge(document);
    expect(readDocument(JSON.stringify(merged))).toEqual(merged);
  });

  it('says where something is wrong, and what', () => {
    const wrong = [
      changed((copy) => (copy.processes[1].execution.itemsIn = 'many')),
      changed((copy) => delete copy.processes[0].options),
      changed((copy) => (copy.processes[2].role = 'verb')),
      changed((copy) => (copy.artifacts[0].length = { kind: 'exact' })),
      changed((copy) => (copy.artifacts[1].execution.schema.fields[1].schema.shape[0].min = null)),
      changed((copy) => (copy.runs[0].surprise = 1)),
      changed((copy) => (copy.processes[1].id = copy.processes[0].id)),
      changed((copy) => (copy.artifacts[0].producer = 'p77')),
      changed((copy) => (copy.environment.packages['@scope/name'] = 1)),
    ];
    expect(wrong.map(({ path, message }) => [path, message])).toMatchInlineSnapshot(`
      [
        [
          "processes[1].execution.itemsIn",
          "processes[1].execution.itemsIn: a number is needed, not "many" (in the document)",
        ],
        [
          "processes[0].options",
          "processes[0].options: is missing (in the document)",
        ],
        [
          "processes[2].role",
          "processes[2].role: one of "source", "operation", "sink" is needed, not "verb" (in the document)",
        ],
        [
          "artifacts[0].length.items",
          "artifacts[0].length.items: is missing (in the document)",
        ],
        [
          "artifacts[1].execution.schema.fields[1].schema.shape[0].min",
          "artifacts[1].execution.schema.fields[1].schema.shape[0].min: a number is needed, not null (in the document)",
        ],
        [
          "runs[0].surprise",
          "runs[0].surprise: is not known here (in the document)",
        ],
        [
          "processes[1].id",
          "processes[1].id: "p1" is the id of processes[0] already (in the document)",
        ],
        [
          "processes[0].outputs[0]",
          "processes[0].outputs[0]: "a1" says that "p77" produced it (in the document)",
        ],
        [
          "environment.packages["@scope/name"]",
          "environment.packages["@scope/name"]: a text is needed, not 1 (in the document)",
        ],
      ]
    `);
  });

  it('tells other versions and other formats by name', () => {
    expect(changed((copy) => (copy.version = '0.9'))).toMatchObject({
      path: 'version',
      message: expect.stringMatching(/older than the 1\.0.*with the version of stemma that wrote it/),
    });
    expect(changed((copy) => (copy.version = '1.1')).message).toMatch(/newer than the 1\.0.*update stemma/);
    expect(changed((copy) => (copy.version = 'soon')).message).toContain('"soon" is no version');
    expect(read({ nbformat: 4 })).toMatchObject({ path: 'format', message: expect.stringContaining('has no format') });
    expect(read([]).path).toBe('format');
    expect(read(null).path).toBe('format');
  });

  it('says what is the matter with a file', () => {
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'half.json'), JSON.stringify(document).slice(0, 500));
    expect(read(join(folder, 'none.json')).message).toContain('there is no such file');
    expect(read(folder).message).toContain('it is a folder');
    expect(read(join(folder, 'empty.json')).message).toContain('is no JSON: it is empty');
    expect(read(join(folder, 'half.json')).message).toContain('is no JSON: ');
  });

  it('finds something wrong exactly where ajv does, in documents that were broken at random', () => {
    const isValid = (value: unknown): boolean => {
      try {
        validDocument(value);
        return true;
      } catch {
        return false;
      }
    };
    let broken = 0;
    fc.assert(
      fc.property(arbitraryDocument, fc.infiniteStream(fc.nat()), fc.jsonValue(), (given, picks, value) => {
        const copy = structuredClone(given);
        breakAt(copy, picks, value);
        const valid = isValid(copy);
        if (!valid) broken++;
        expect(findProblem(copy, schema as unknown as RootSchema) === null).toBe(valid);
      }),
      { numRuns: 300 },
    );
    expect(broken).toBeGreaterThan(50);
  });
});

/** Puts `value` in the place of something in the document, or takes that away. */
function breakAt(document: object, picks: Iterator<number>, value: unknown): void {
  const next = (below: number): number => (picks.next().value as number) % below;
  let at = document as { [name: string]: unknown };
  for (;;) {
    const names = Object.keys(at);
    if (names.length === 0) return;
    const name = names[next(names.length)]!;
    const member = at[name];
    if (typeof member === 'object' && member !== null && next(4) > 0) at = member as typeof at;
    else if (next(3) === 0) return void delete at[name];
    else return void (at[name] = value);
  }
}
