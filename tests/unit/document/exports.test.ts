import { describe, expect, it } from 'vitest';
import { EXPORTERS, exportDocument, parseDocument, type ProvenanceDocument } from 'stemma-document';
import { Dataset } from 'stemma';
import { inSession } from './in-session';

const classes = (): Promise<ProvenanceDocument> =>
  inSession(async () => {
    const parts = [0, 1, 2, 3].map((label) => Dataset.range(3, `Load class ${label}`).map((n) => n, 'Label'));
    await Dataset.concat(...parts)
      .filter((n) => n > 0, 'Is "clean" <&>')
      .count();
  });

describe('the formats of exports', () => {
  it('have ids, titles and extensions of their own', () => {
    for (const member of ['id', 'title', 'extension'] as const)
      expect(new Set(EXPORTERS.map((exporter) => exporter[member])).size).toBe(EXPORTERS.length);
  });

  it.each(EXPORTERS.map(({ id }) => id))('%s: writes files, the first with the extension of the format', async (id) => {
    const files = exportDocument(await classes(), id, { name: 'digits' });
    const { extension } = EXPORTERS.find((exporter) => exporter.id === id)!;
    expect(files[0]!.path).toBe(`digits${extension}`);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const { content } of files) expect(content).toMatch(/\n$/);
  });

  it('json: is what a reader takes, checksum and all', async () => {
    const document = await classes();
    const { content } = exportDocument(document, 'json')[0]!;
    expect(parseDocument(content)).toEqual(document);
    expect(() => parseDocument(content.replace('"Label"', '"Lapel"'))).toThrow('checksum');
  });

  it('mermaid: draws parallel steps that are alike as one, quotes what Mermaid would read, and says what a step left out', async () => {
    const { content } = exportDocument(await classes(), 'mermaid')[0]!;
    expect(content).toMatch(/^flowchart TD\n/);
    expect(content).toContain('["Load class 0…3 ×4"]');
    expect(content).toContain('["Is #34;clean#34; #60;#38;#62; −4"]');
    expect(content.match(/-->/g)).toHaveLength(9);
  });

  it('that are not known are named with those that are', async () => {
    const document = await classes();
    expect(() => exportDocument(document, 'dot')).toThrow('expected one of "json", "mermaid", got "dot"');
    expect(() => exportDocument({} as ProvenanceDocument, 'json')).toThrow('invalid document of exportDocument');
  });
});
