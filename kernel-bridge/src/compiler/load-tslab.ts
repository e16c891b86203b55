import vm = require('node:vm');
import type { Converter } from 'tslab/dist/converter';
import type { Executor } from 'tslab/dist/executor';
import { Declarations } from './declarations';
import { type Compiler, hookCompiler } from './hook-compiler';
import { hookResolution, resolutionOptions } from './resolution';
import type { CellMaps, Wrapper } from './source-maps';

export interface CompiledCell {
  /** With tslab's wrapper. */
  code: string;
  maps: CellMaps | null;
  wrapper: Wrapper;
}

export interface TslabOptions {
  cwd: string;
  /** The value of a cell's last expression, where there is one. */
  onValue(value: unknown): void;
  /** What tslab has to say of a failure: an error, or the format and parts of a diagnostic. */
  onError(...args: unknown[]): void;
  /** Runs a cell's code; `start` does it, and returns before the first await is over. */
  runCode(compiled: CompiledCell, start: (fileName: string) => unknown): unknown;
}

export interface Tslab {
  executor: Executor;
  ts: Compiler;
  /** To be told how each cell ended. */
  declarations: Declarations;
  /** tslab's proposal for the indentation of the next line. */
  indentAfter(code: string): string;
  /** Called by `tslab.display`. */
  onDisplay(write: (content: Record<string, unknown>, update: boolean) => void): void;
}

/** The wrapper that tslab puts around a cell: up to its brace the code is not the user's. */
const WRAPPER = /^\((?:async )?function\(exports, require\) \{ /;

/** Loads tslab's converter and executor with our compiler in front of theirs. Takes most of the kernel's start: half a second. */
export function loadTslab(options: TslabOptions): Tslab {
  const { ts, lastMaps } = hookCompiler((compilerOptions) => resolutionOptions(options.cwd, compilerOptions));
  hookResolution();
  // Loaded only now: they take the compiler when they are loaded.
  const { createConverter, isCompleteCode } = require('tslab/dist/converter') as typeof import('tslab/dist/converter');
  const { createExecutor } = require('tslab/dist/executor') as typeof import('tslab/dist/executor');
  const jupyter = require('tslab/dist/jupyter') as { lastWriteDisplayData: unknown };

  let maps: CellMaps | null = null;
  const declarations = new Declarations(ts, () => executor.locals);
  const converter = declarations.serve(createConverter({ isJS: false, isBrowser: false }));
  const node = withTopLevelAwait(converter, () => (maps = lastMaps()));
  let browser: Converter | undefined;
  const converters = {
    node,
    get browser() {
      return (browser ??= createConverter({ isJS: false, isBrowser: true }));
    },
    close: () => node.close(),
  };

  const run = vm.runInThisContext;
  vm.runInThisContext = (code, runOptions) => {
    const length = WRAPPER.exec(code)?.[0].length;
    if (typeof runOptions !== 'object' || runOptions.breakOnSigint !== true || length === undefined) {
      return run(code, runOptions) as unknown;
    }
    const wrapper = { length, callLine: code.split('\n').length };
    return options.runCode({ code, maps, wrapper }, (filename) =>
      run(code, { ...runOptions, filename, displayErrors: false }),
    );
  };

  const executor: Executor = createExecutor(options.cwd, converters, { log: options.onValue, error: options.onError });
  return {
    executor,
    ts,
    declarations,
    indentAfter: (code) => isCompleteCode(code).indent ?? '',
    onDisplay: (write) => {
      jupyter.lastWriteDisplayData = write;
    },
  };
}

/**
 * tslab finds a top-level await by one diagnostic, and so not `for await` or `await (x)`: any await in the output makes the cell an async
 * function here.
 */
function withTopLevelAwait(converter: Converter, onConverted: () => void): Converter {
  const { convert } = converter;
  converter.convert = (previous, source) => {
    const converted = convert(previous, source);
    onConverted();
    if (converted.output !== undefined && /\bawait\b/.test(converted.output)) converted.hasToplevelAwait = true;
    return converted;
  };
  return converter;
}
