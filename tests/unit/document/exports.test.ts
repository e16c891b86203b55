import { describe, expect, it } from 'vitest';
import { ExportError, EXPORTERS, exportDocument, parseDocument, type ProvenanceDocument } from 'stemma-document';
import { Dataset } from 'stemma';
import { inSession } from './in-session';

const classes = (): Promise<ProvenanceDocument> =>
  inSession(async () => {
    const parts = [0, 1, 2, 3].map((label) => Dataset.range(3, `Load class ${label}`).map((n) => n, 'Label'));
    await Dataset.concat(...parts)
      .filter((n) => n > 0, 'Is "clean" <&>')
      .count();
  });

/** As a kernel records it: imports and a helper in cells of their own, and one that nothing depends on. */
async function inCells(): Promise<ProvenanceDocument> {
  const document = await classes();
  const cell = (executionCount: number, source: string, declares: string[], refers: string[]) => ({
    ...{ id: `c${executionCount}`, executionCount, source, superseded: false },
    ...{ declares, refers, changes: [] },
  });
  return {
    ...document,
    cells: [
      cell(1, "import { Dataset } from 'stemma';", ['Dataset'], []),
      cell(2, 'const aside = 1;\naside', ['aside'], []),
      cell(3, 'const limit = 3;\n', ['limit'], []),
      cell(4, 'await Dataset.range(limit).count();', [], ['Dataset', 'limit']),
    ],
    processes: document.processes.map((process) => ({ ...process, cell: { id: 'c4', executionCount: 4 } })),
  };
}

const ofModule = async (facts: object): Promise<ProvenanceDocument> => {
  const document = await classes();
  const main = { path: 'src/pipe.ts', sha256: '', main: true as const, source: 'export default 1;', ...facts };
  return { ...document, session: { ...document.session, files: [main] } };
};

const contentOf = (document: ProvenanceDocument, format: string): string =>
  exportDocument(document, format)[0]!.content;

describe('the formats of exports', () => {
  it('have ids, titles and extensions of their own', () => {
    for (const member of ['id', 'title', 'extension'] as const)
      expect(new Set(EXPORTERS.map((exporter) => exporter[member])).size).toBe(EXPORTERS.length);
  });

  it.each(EXPORTERS.map(({ id }) => id))('%s: writes files, the first with the extension of the format', async (id) => {
    const files = exportDocument(await inCells(), id, { name: 'digits' });
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

  it('notebook: has the cells that the steps depend on, in their order', async () => {
    const { cells, nbformat, metadata } = JSON.parse(contentOf(await inCells(), 'notebook'));
    expect(cells.map(({ source }: { source: string[] }) => source.join(''))).toEqual([
      "import { Dataset } from 'stemma';",
      'const limit = 3;\n',
      'await Dataset.range(limit).count();',
    ]);
    expect([nbformat, metadata.kernelspec.name]).toEqual([4, 'stemma']);
    await expect(classes().then((document) => contentOf(document, 'notebook'))).rejects.toThrow(ExportError);
  });

  it('script: is the recorded module, or the cells one after the other', async () => {
    expect(contentOf(await ofModule({}), 'script')).toBe('export default 1;\n');
    expect(contentOf(await inCells(), 'script')).toBe(
      "// [1]\nimport { Dataset } from 'stemma';\n\n// [3]\nconst limit = 3;\n\n// [4]\nawait Dataset.range(limit).count();\n",
    );
  });

  it.each([
    [{ source: undefined }, 'the record has no text of "src/pipe.ts"'],
    [{ truncated: true }, 'has only the first 17 characters of "src/pipe.ts"'],
    [{ changed: true }, '"src/pipe.ts" was written while it ran'],
  ])('script: says what the record lacks: %j', async (facts, message) => {
    const document = await ofModule(facts);
    expect(() => contentOf(document, 'script')).toThrow(message);
  });

  it('script: cannot declare a name twice', async () => {
    const document = await inCells();
    const again = document.cells.map((cell) => (cell.executionCount === 4 ? { ...cell, declares: ['limit'] } : cell));
    expect(() => contentOf({ ...document, cells: again }, 'script')).toThrow(
      '"limit" is declared in cell [3] and again in cell [4], which one module cannot do',
    );
  });

  it('that are not known are named with those that are', async () => {
    const document = await classes();
    expect(() => exportDocument(document, 'dot')).toThrow(
      'expected one of "json", "mermaid", "notebook", "script", got "dot"',
    );
    expect(() => exportDocument({} as ProvenanceDocument, 'json')).toThrow('invalid document of exportDocument');
  });
});
