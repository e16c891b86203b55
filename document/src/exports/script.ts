import { neededCells } from '../graph/needed-cells';
import type { Cell, ProvenanceDocument } from '../model/document';
import { ExportError } from './export-error';
import type { Exporter } from './exporter';

/**
 * The program as a module: the recorded text of the script or module, or the cells of a notebook one after the other.
 * What it imports from files of its own has to lie beside it.
 */
export const script: Exporter = {
  id: 'script',
  title: 'Rebuilt Script',
  mediaType: 'text/typescript',
  extension: '.rebuilt.mts',
  export(document, { name }) {
    const text = document.cells.length > 0 ? scriptOf(neededCells(document)) : mainSource(document);
    return [{ path: `${name}${this.extension}`, content: text.endsWith('\n') ? text : `${text}\n` }];
  },
};

/**
 * The text of the script or module that a document was recorded of.
 *
 * @throws ExportError where the record has not all of it.
 */
export function mainSource({ session, contributions }: ProvenanceDocument): string {
  const main = session.files?.find((file) => file.main === true);
  if (contributions !== undefined)
    throw new ExportError('the record is one of several sessions: take that of one session, before they were merged');
  if (main === undefined)
    throw new ExportError('the record does not say which script or module ran, and has no cells of a notebook');
  const { path, source, truncated, changed } = main;
  if (source === undefined)
    throw new ExportError(
      `the record has no text of "${path}": provenance.settings.redact or limits.sourceText hid it`,
    );
  if (truncated === true)
    throw new ExportError(
      `the record has only the first ${source.length} characters of "${path}": raise provenance.settings.limits.sourceText`,
    );
  if (changed === true)
    throw new ExportError(
      `"${path}" was written while it ran, so the record may have another text than the one that ran`,
    );
  return source;
}

function scriptOf(cells: Cell[]): string {
  if (cells.length === 0) throw new ExportError('none of the recorded cells has a step: there is nothing to write');
  const declared = new Map<string, number>();
  for (const { declares = [], executionCount } of cells)
    for (const name of declares) {
      const before = declared.get(name);
      if (before !== undefined)
        throw new ExportError(
          `"${name}" is declared in cell [${before}] and again in cell [${executionCount}], which one module cannot do; ` +
            'the format "notebook" has both',
        );
      declared.set(name, executionCount);
    }
  return cells.map(({ executionCount, source }) => `// [${executionCount}]\n${source.trimEnd()}\n`).join('\n');
}
