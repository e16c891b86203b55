import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Position } from 'stemma';

/** The function that is put around a cell's or a file's code. */
export interface Wrapper {
  /** Characters before the code in its first line. */
  length: number;
  /** The line, from 1, in which the function is called; 0 where it is called elsewhere. */
  callLine: number;
}

/** A cell, or a file that a cell imports. */
export interface MappedCode {
  /** What the user wrote. */
  source: string;
  /** What runs, with the wrapper. */
  code: string;
  map: string;
  wrapper: Wrapper;
  decoded?: SourceMap;
}

/** Cells and files whose maps are kept. */
const MAX_MAPS = 2_000;

/** Translates positions in the JavaScript of cells and files to positions in their TypeScript. */
export class SourceMaps {
  readonly #cells = new Map<string, MappedCode>();

  add(fileName: string, cell: MappedCode): void {
    this.#cells.delete(fileName);
    this.#cells.set(fileName, cell);
    if (this.#cells.size > MAX_MAPS) this.#cells.delete(this.#cells.keys().next().value!);
  }

  /** The cell that has this piece of code, the latest one first, and where the user wrote it. */
  find(code: string): ({ source: string } & Position) | null {
    for (const [fileName, cell] of [...this.#cells].reverse()) {
      const offset = placeIn(cell.code, code);
      if (offset < 0) continue;
      const before = cell.code.slice(0, offset).split('\n');
      const position = this.original(fileName, before.length, before.at(-1)!.length + 1);
      if (position !== null) return { source: cell.source, ...position };
    }
    return null;
  }

  /** What the user wrote of a cell or a file. */
  sourceOf(fileName: string): string | undefined {
    return this.#cells.get(fileName)?.source;
  }

  /** Whether a position is the call of a cell's wrapper, which no user wrote. */
  isWrapperCall(fileName: string, line: number): boolean {
    return this.#cells.get(fileName)?.wrapper.callLine === line;
  }

  /** A line of a stack trace, with the position that it names translated. */
  translate(text: string, fileName: string, line: number, column: number): string {
    const found = this.original(fileName, line, column);
    if (found === null) return text;
    return text.replace(`${fileName}:${line}:${column}`, () => `${fileName}:${found.line}:${found.column}`);
  }

  /** Lines and columns count from 1. Null where the position is not of the user's making. */
  original(fileName: string, line: number, column: number): Position | null {
    const cell = this.#cells.get(fileName);
    if (cell === undefined) return null;
    const map = (cell.decoded ??= new SourceMap(JSON.parse(cell.map) as SourceMapPayload));
    const start = line === 1 ? cell.wrapper.length : 0;
    const entry = map.findEntry(line - 1, Math.max(0, column - 1 - start));
    if (!('originalLine' in entry)) return null;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}

/** What can stand behind a function whose body is an expression. */
const BEHIND = /^\s*(?:[,;:)\]}]|$)/;

/**
 * Where a function's code stands in a longer one; -1 where it does not, or only as the beginning of another function.
 */
function placeIn(text: string, code: string): number {
  let offset = text.indexOf(code);
  if (code.endsWith('}')) return offset;
  while (offset >= 0 && !BEHIND.test(text.slice(offset + code.length, offset + code.length + BEHIND_LENGTH))) {
    offset = text.indexOf(code, offset + 1);
  }
  return offset;
}

/** Enough of what stands behind to tell. */
const BEHIND_LENGTH = 20;
