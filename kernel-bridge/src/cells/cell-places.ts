import type { Position } from 'stemma';
import ts = require('typescript');
import type { SourceMaps } from '../compiler/source-maps';

const CELL_FILE = /^(?:cell|uncounted)-\d+\.ts$/;
/** The library's own frames lie between a cell and the question. */
const FRAMES = 30;

/** Finds what runs in the text of the cells, for the record. */
export class CellPlaces {
  /** A cell often declares many operations. */
  #parsed: ts.SourceFile | undefined;

  constructor(private readonly maps: SourceMaps) {}

  /** Where in its cell the code stands that called the caller. */
  position(): Position | undefined {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const asked: { stack?: unknown } = {};
    try {
      Error.prepareStackTrace = (_error, frames) => frames;
      Error.stackTraceLimit = FRAMES;
      Error.captureStackTrace(asked);
      const frames = asked.stack as NodeJS.CallSite[];
      const frame = frames.find((one) => CELL_FILE.test(one.getFileName() ?? ''));
      if (frame === undefined) return undefined;
      return this.maps.original(frame.getFileName()!, frame.getLineNumber()!, frame.getColumnNumber()!) ?? undefined;
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
      Error.stackTraceLimit = stackTraceLimit;
    }
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
