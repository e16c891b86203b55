import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Position } from 'stemma';

/** The two steps in which tslab compiles a cell: TypeScript → ES module → CommonJS. */
export interface CellMaps {
  typescript: string;
  /** Null where the second step moved nothing. */
  module: string | null;
}

/** The function that tslab puts around a cell's code. */
export interface Wrapper {
  /** Characters before the code in its first line. */
  length: number;
  /** The line, from 1, in which the function is called. */
  callLine: number;
}

export interface Cell {
  /** What the user wrote. */
  source: string;
  /** What runs, with the wrapper. */
  code: string;
  maps: CellMaps;
  wrapper: Wrapper;
  decoded?: [typescript: SourceMap, module: SourceMap | null];
}

/** Cells whose maps are kept. */
const MAX_CELLS = 1_000;
/** tslab puts `export {};` in a line of its own before the cell. */
const PREFIX_LINES = 1;

const POSITION = /\b((?:cell|uncounted)-\d+\.ts):(\d+):(\d+)/g;

/** Translates positions in the JavaScript of cells to positions in their TypeScript. */
export class SourceMaps {
  readonly #cells = new Map<string, Cell>();

  add(fileName: string, cell: Cell): void {
    this.#cells.delete(fileName);
    this.#cells.set(fileName, cell);
    if (this.#cells.size > MAX_CELLS) this.#cells.delete(this.#cells.keys().next().value!);
  }

  /** The cell that has this piece of code, the latest one first, and where the user wrote it. */
  find(code: string): ({ source: string } & Position) | null {
    for (const [fileName, cell] of [...this.#cells].reverse()) {
      const offset = cell.code.indexOf(code);
      if (offset < 0) continue;
      const before = cell.code.slice(0, offset).split('\n');
      const position = this.original(fileName, before.length, before.at(-1)!.length + 1);
      if (position !== null) return { source: cell.source, ...position };
    }
    return null;
  }

  /** Whether a position is the call of a cell's wrapper, which no user wrote. */
  isWrapperCall(fileName: string, line: number): boolean {
    return this.#cells.get(fileName)?.wrapper.callLine === line;
  }

  /** Text with positions of cells in it, e.g. a line of a stack trace. */
  translate(text: string): string {
    return text.replace(POSITION, (whole, fileName: string, line: string, column: string) => {
      const found = this.original(fileName, Number(line), Number(column));
      return found === null ? whole : `${fileName}:${found.line}:${found.column}`;
    });
  }

  /** Lines and columns count from 1. Null where the position is not of the user's making. */
  original(fileName: string, line: number, column: number): Position | null {
    const cell = this.#cells.get(fileName);
    if (cell === undefined) return null;
    const [typescript, module] = (cell.decoded ??= [
      decode(cell.maps.typescript),
      cell.maps.module === null ? null : decode(cell.maps.module),
    ]);
    const inCommonJs = { line: line - 1, column: column - 1 - (line === 1 ? cell.wrapper.length : 0) };
    const inModule = module === null ? inCommonJs : find(module, inCommonJs.line, inCommonJs.column);
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
