import { SourceMap, type SourceMapPayload } from 'node:module';

/** The two steps in which tslab compiles a cell: TypeScript → ES module → CommonJS. */
export interface CellMaps {
  typescript: string;
  module: string;
}

/** Cells whose maps are kept. */
const MAX_CELLS = 1_000;
/** tslab puts `export {};` in a line of its own before the cell. */
const PREFIX_LINES = 1;

const POSITION = /\b(cell-\d+\.ts):(\d+):(\d+)/g;

/** Translates positions in the JavaScript of cells to positions in their TypeScript. */
export class SourceMaps {
  readonly #cells = new Map<string, { maps: CellMaps; wrapper: number; decoded?: [SourceMap, SourceMap] }>();

  /** `wrapper`: how many characters stand before the code in its first line. */
  add(fileName: string, maps: CellMaps, wrapper: number): void {
    this.#cells.delete(fileName);
    this.#cells.set(fileName, { maps, wrapper });
    if (this.#cells.size > MAX_CELLS) this.#cells.delete(this.#cells.keys().next().value!);
  }

  /** Text with positions of cells in it, e.g. a line of a stack trace. */
  translate(text: string): string {
    return text.replace(POSITION, (whole, fileName: string, line: string, column: string) => {
      const found = this.original(fileName, Number(line), Number(column));
      return found === null ? whole : `${fileName}:${found.line}:${found.column}`;
    });
  }

  /** Lines and columns count from 1. Null where the position is not of the user's making. */
  original(fileName: string, line: number, column: number): { line: number; column: number } | null {
    const cell = this.#cells.get(fileName);
    if (cell === undefined) return null;
    const [module, typescript] = (cell.decoded ??= [decode(cell.maps.module), decode(cell.maps.typescript)]);
    const inModule = find(module, line - 1, column - 1 - (line === 1 ? cell.wrapper : 0));
    const inCell = inModule && find(typescript, inModule.line, inModule.column);
    if (inCell === null || inCell.line < PREFIX_LINES) return null;
    return { line: inCell.line - PREFIX_LINES + 1, column: inCell.column + 1 };
  }
}

const decode = (json: string): SourceMap => new SourceMap(JSON.parse(json) as SourceMapPayload);

function find(map: SourceMap, line: number, column: number): { line: number; column: number } | null {
  const entry = map.findEntry(line, Math.max(0, column));
  return 'originalLine' in entry ? { line: entry.originalLine, column: entry.originalColumn } : null;
}
