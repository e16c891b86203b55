import type { Position } from 'stemma';
import type { Place } from 'stemma/host';
import ts = require('typescript');
import { declaredName } from '../compiler/declared-name';
import type { SourceMaps } from '../compiler/source-maps';

const CELL_FILE = /^(?:cell|uncounted)-\d+\.ts$/;

/** Finds what runs in the text of the cells, for the record. */
export class CellPlaces {
  /** A cell often declares many operations. */
  #parsed: ts.SourceFile | undefined;

  constructor(private readonly maps: SourceMaps) {}

  /** Where in its cell, or in a file that a cell imports, the code at a place of what runs was written. */
  original({ file, line, column }: Place): Position | undefined {
    const found = this.maps.original(file, line, column);
    if (found === null) return undefined;
    const source = this.maps.sourceOf(file);
    const variable = source === undefined ? undefined : declaredName(this.#parse(source), found.line, found.column);
    return { ...(CELL_FILE.test(file) ? {} : { file }), ...found, ...(variable === undefined ? {} : { variable }) };
  }

  /** A function of a cell as it was written. */
  functionSource(fn: object): string | undefined {
    const found = this.maps.find(Function.prototype.toString.call(fn));
    if (found === null) return undefined;
    const file = this.#parse(found.source);
    const starts = file.getLineStarts();
    const start = (starts[found.line - 1] ?? 0) + found.column - 1;
    const visit = (node: ts.Node): string | undefined => {
      if (start < node.pos || start >= node.end) return undefined;
      if (ts.isFunctionLike(node) && node.getStart(file) === start) return node.getText(file);
      return ts.forEachChild(node, visit);
    };
    return visit(file);
  }

  #parse(source: string): ts.SourceFile {
    if (this.#parsed?.text !== source) {
      this.#parsed = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
    }
    return this.#parsed;
  }
}
