import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  checkDocument,
  Dataset,
  DocumentError,
  merge,
  parseDocument,
  type ProvenanceDocument,
  readDocument,
  saveDocument,
} from 'stemma';
import { findProblem, type RootSchema } from 'stemma-document';
import schema from '../../../schema/provenance.schema.json';
import { isAccepted } from '../../support/schemas';
import { temporaryFolder } from '../../support/temporary-folder';
import { arbitraryDocument } from './arbitrary-document';
import { inSession } from './in-session';
import { soak } from '../../support/soak';

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

  const refused = (read: () => unknown): DocumentError => {
    try {
      read();
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
    return refused(() => checkDocument(copy));
  };

  it('reads what was saved, as it was, from a file, its text or what was parsed', async () => {
    const path = join(folder, 'run.json');
    await saveDocument(document, path);
    expect(readDocument(path)).toEqual(document);
    expect(parseDocument(JSON.stringify(document))).toEqual(document);
    expect(parseDocument(`\uFEFF ${JSON.stringify(document)}`)).toEqual(document);
    expect(checkDocument(document)).toEqual(document);
    const merged = merge(document);
    expect(parseDocument(JSON.stringify(merged))).toEqual(merged);
  });

  it('says where something is wrong, and what', () => {
    const wrong = [
      changed((copy) => (copy.processes[1].execution.itemsIn = 'many')),
      changed((copy) => delete copy.processes[0].options),
      changed((copy) => (copy.processes[2].role = 7)),
      changed((copy) => (copy.artifacts[0].length = { kind: 'exact' })),
      changed((copy) => (copy.artifacts[1].execution.schema.fields[1].schema.shape[0].min = null)),
      changed((copy) => (copy.runs[0].extensions = { cost: { schemaUrl: 'https://example.org/cost.json' } })),
      changed((copy) => (copy.extensions = { 'org.example.cost': { schemaUrl: 'cost.json' } })),
      changed((copy) => (copy.processes[1].id = copy.processes[0].id)),
      changed((copy) => (copy.artifacts[0].producer = 'p77')),
      changed((copy) => (copy.environment.packages['@scope/name'] = 1)),
    ];
    expect(wrong.map(({ path, message }) => [path, message])).toMatchInlineSnapshot(`
      [
        [
          "processes[1].execution.itemsIn",
          "processes[1].execution.itemsIn: expected a number, got "many" (in the document)",
        ],
        [
          "processes[0].options",
          "processes[0].options: is missing (in the document)",
        ],
        [
          "processes[2].role",
          "processes[2].role: expected "source" or "operation" or "sink" or a string, got 7 (in the document)",
        ],
        [
          "artifacts[0].length.items",
          "artifacts[0].length.items: expected is missing (in the document)",
        ],
        [
          "artifacts[1].execution.schema.fields[1].schema.shape[0].min",
          "artifacts[1].execution.schema.fields[1].schema.shape[0].min: expected a number, got null (in the document)",
        ],
        [
          "runs[0].extensions.cost",
          "runs[0].extensions.cost: expected a reversed domain such as "org.example.cost" or a URL as name, got "cost" (in the document)",
        ],
        [
          "extensions["org.example.cost"].schemaUrl",
          "extensions["org.example.cost"].schemaUrl: expected an absolute URL, got "cost.json" (in the document)",
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
          "environment.packages["@scope/name"]: expected a string, got 1 (in the document)",
        ],
      ]
    `);
  });

  it('tells other versions and other formats by name', () => {
    expect(changed((copy) => (copy.version = '0.9'))).toMatchObject({
      path: 'version',
      message:
        'version: the document has version 0.9 of the format; this Stemma reads 1.x: read it with the Stemma that wrote it',
    });
    expect(changed((copy) => (copy.version = '2.0')).message).toBe(
      'version: the document has version 2.0 of the format; this Stemma reads 1.x: update Stemma',
    );
    expect(changed((copy) => (copy.version = 'soon')).message).toContain(
      'expected a version such as "1.0", got "soon"',
    );
    const notebook = refused(() => checkDocument({ nbformat: 4 }));
    expect(notebook).toMatchObject({ path: 'format', message: expect.stringContaining('has no format') });
    for (const value of [[], null, undefined, 7, 'run.json'])
      expect(refused(() => checkDocument(value)).path).toBe('format');
  });

  it('never takes a text for a path, nor a path for a text', async () => {
    const path = join(folder, 'run.json');
    await saveDocument(document, path);
    expect(refused(() => parseDocument(path)).message).toContain('the text is not valid JSON');
    expect(refused(() => checkDocument(path)).message).toContain('expected an object, got a string');
    const text = JSON.stringify(document);
    const asPath = refused(() => readDocument(text));
    expect(asPath.message).toContain('parseDocument takes JSON text');
    expect(asPath.message.length).toBeLessThan(1_000);
    expect(() => readDocument(document as never)).toThrow(TypeError);
    expect(() => parseDocument(document as never)).toThrow(TypeError);
  });

  it('waits for no other end of a FIFO, and reads no device', () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(refused(() => readDocument(fifo)).message).toContain('expected a regular file, got a FIFO');
    expect(refused(() => readDocument('/dev/zero')).message).toContain('expected a regular file, got a device');
  });

  it.each([
    ['lists', (inner: unknown): unknown => [inner]],
    ['objects', (inner: unknown): unknown => ({ inner })],
  ] as const)('says where %s are nested too deep, however deep', (_, around) => {
    let value: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) value = around(value);
    const error = changed((copy) => (copy.processes[1].options = { size: value }));
    expect(error.path).toMatch(/^processes\[1\]\.options\.size/);
    expect(error.message).toContain('expected at most 500 levels of lists and objects');
    expect(error.message.length).toBeLessThan(400);
  });

  it('refuses counts below zero', () => {
    expect(changed((copy) => (copy.processes[1].execution.itemsIn = -1)).message).toContain(
      'processes[1].execution.itemsIn: expected a number from 0 on, got -1',
    );
  });

  it('says what is the matter with a file', () => {
    writeFileSync(join(folder, 'empty.json'), '');
    writeFileSync(join(folder, 'half.json'), JSON.stringify(document).slice(0, 500));
    expect(refused(() => readDocument(join(folder, 'none.json'))).message).toContain('there is no such file');
    expect(refused(() => readDocument(folder)).message).toContain('expected a regular file, got a folder');
    expect(refused(() => readDocument(join(folder, 'empty.json'))).message).toContain('is not valid JSON: it is empty');
    expect(refused(() => readDocument(join(folder, 'half.json'))).message).toContain('is not valid JSON: ');
  });

  it('finds something wrong exactly where ajv does, in documents that were broken at random', () => {
    let broken = 0;
    fc.assert(
      fc.property(arbitraryDocument, fc.infiniteStream(fc.nat()), fc.jsonValue(), (given, picks, value) => {
        const copy = structuredClone(given);
        breakAt(copy, picks, value);
        const valid = isAccepted(copy);
        if (!valid) broken++;
        expect(findProblem(copy, schema as unknown as RootSchema) === null).toBe(valid);
      }),
      { numRuns: soak(6000, 300) },
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
