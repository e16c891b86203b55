import { neededCells } from '../graph/needed-cells';
import type { Cell } from '../model/document';
import { ExportError } from './export-error';
import type { Exporter } from './exporter';

/**
 * The notebook, rebuilt from the cells that the recorded processes depend on, in the order in which they ran. Its name
 * is another one than that of the original, which must not be replaced.
 */
export const notebook: Exporter = {
  id: 'notebook',
  title: 'Rebuilt Notebook',
  mediaType: 'application/x-ipynb+json',
  extension: '.rebuilt.ipynb',
  export(document, { name }) {
    const cells = cellsOf(neededCells(document));
    const content = {
      cells: cells.map(({ source }, index) => ({
        cell_type: 'code',
        execution_count: null,
        id: `cell-${index + 1}`,
        metadata: {},
        outputs: [],
        source: source.split(/(?<=\n)/),
      })),
      metadata: {
        kernelspec: { display_name: 'TypeScript (Stemma)', language: 'typescript', name: 'stemma' },
        language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    };
    return [{ path: `${name}${this.extension}`, content: `${JSON.stringify(content, null, 1)}\n` }];
  },
};

function cellsOf(cells: Cell[]): Cell[] {
  if (cells.length > 0) return cells;
  throw new ExportError(
    'the record has no cells that its steps depend on: it is not of a notebook, or of one without a kernel that tells; ' +
      'the format "script" has the module of a script or of stemma run',
  );
}
