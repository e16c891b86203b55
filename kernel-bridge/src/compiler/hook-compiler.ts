import { dirname } from 'node:path';
import type * as TypeScript from '@tslab/typescript-for-tslab';
import { cellPrograms, type EmittedCell } from './cell-program';
import { plainToCommonJs } from './plain-cell';
import { fitTimers } from './rebuild-timer';
import type { CellMaps } from './source-maps';
import { toCommonJs } from './to-common-js';

export type Compiler = typeof TypeScript;

const MAP_REFERENCE = /\/\/# sourceMappingURL=.*\s*$/;

/** The compiler as tslab sees it. */
export interface HookedCompiler {
  ts: Compiler;
  /** Source maps of what was compiled last; null where it came without. */
  lastMaps(): CellMaps | null;
}

/**
 * Puts a compiler of ours before the one that tslab loads: with other options, stoppable awaits and source maps. Must be called before tslab's
 * converter is loaded. The compiler's exports cannot be assigned to, hence an object in front of them in `require.cache`.
 */
export function hookCompiler(
  adjust: (options: TypeScript.CompilerOptions) => TypeScript.CompilerOptions,
): HookedCompiler {
  const path = require.resolve('@tslab/typescript-for-tslab', {
    paths: [dirname(require.resolve('tslab/package.json'))],
  });
  const ts = require(path) as Compiler;
  let cell: EmittedCell | null = null;
  let maps: CellMaps | null = null;

  const createWatchCompilerHost = (
    roots: string[],
    options: TypeScript.CompilerOptions,
    system: TypeScript.System,
    _createProgram: null,
    ...reporters: [TypeScript.DiagnosticReporter, TypeScript.WatchStatusReporter]
  ): unknown => {
    const createProgram = cellPrograms(ts, (emitted) => (cell = emitted));
    const adjusted = { ...adjust(options), sourceMap: true };
    const host = ts.createWatchCompilerHost(roots, adjusted, system, createProgram, ...reporters);
    fitTimers(host);
    // A text is its own version: hashes of all libraries and of each cell, twice, would say no more.
    return Object.assign(host, { createHash: (text: string) => text });
  };

  const transpileModule = (input: string, { compilerOptions = {} }: TypeScript.TranspileOptions) => {
    const code = input.replace(MAP_REFERENCE, '');
    const { sourceMap: typescript, exported } = cell?.code === input ? cell : { sourceMap: null, exported: null };
    const plain = exported === null ? null : plainToCommonJs(code, exported);
    const compiled = plain ?? toCommonJs(ts, code, compilerOptions);
    maps = typescript === null ? null : { typescript, module: compiled.sourceMap };
    return { outputText: compiled.code.replace(MAP_REFERENCE, '') };
  };

  const hooked = Object.create(ts) as Record<string, unknown>;
  for (const name of Object.keys(ts)) {
    Object.defineProperty(hooked, name, {
      enumerable: true,
      configurable: true,
      get: () => ts[name as keyof Compiler],
    });
  }
  for (const [name, value] of Object.entries({ createWatchCompilerHost, transpileModule })) {
    Object.defineProperty(hooked, name, { enumerable: true, configurable: true, value });
  }
  require.cache[path]!.exports = hooked;
  return { ts, lastMaps: () => maps };
}
