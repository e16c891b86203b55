import type * as TypeScript from '@tslab/typescript-for-tslab';

type Compiler = typeof TypeScript;

const FILE = 'cell.js';

export interface CommonJs {
  code: string;
  /** Null where positions are as before. */
  sourceMap: string | null;
}

/**
 * Compiles an ES module of JavaScript to CommonJS, with a source map: `ts.transpileModule` without its check of types, which says nothing of
 * JavaScript without libraries, and takes a third of the time.
 */
export function toCommonJs(ts: Compiler, code: string, given: TypeScript.CompilerOptions): CommonJs {
  const options = {
    ...given,
    sourceMap: true,
    isolatedModules: true,
    noLib: true,
    noResolve: true,
    types: [],
    allowJs: true,
    // It is written over itself.
    suppressOutputPathCheck: true,
    skipDefaultLibCheck: true,
  };
  const target = given.target ?? ts.ScriptTarget.ESNext;
  // What `skipDefaultLibCheck` passes over.
  const file = Object.assign(ts.createSourceFile(FILE, code, target), { hasNoDefaultLib: true });
  const compiled: CommonJs = { code: '', sourceMap: '' };
  const host: TypeScript.CompilerHost = {
    getSourceFile: (name) => (name === FILE ? file : undefined),
    writeFile: (name, text) => {
      compiled[name === FILE ? 'code' : 'sourceMap'] = text;
    },
    getDefaultLibFileName: () => '',
    useCaseSensitiveFileNames: () => true,
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => '',
    getNewLine: () => '\n',
    fileExists: (name) => name === FILE,
    readFile: () => undefined,
  };
  ts.createProgram([FILE], options, host).emit();
  return compiled;
}
