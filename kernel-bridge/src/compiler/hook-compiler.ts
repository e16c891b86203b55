import { dirname } from 'node:path';
import type * as TypeScript from '@tslab/typescript-for-tslab';
import { awaitTransform } from './await-transform';
import type { CellMaps } from './source-maps';
import { toCommonJs } from './to-common-js';

export type Compiler = typeof TypeScript;

const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;
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
  let maps: CellMaps | null = null;

  const createWatchCompilerHost = (roots: string[], options: TypeScript.CompilerOptions, ...rest: unknown[]): unknown =>
    (ts.createWatchCompilerHost as (...args: unknown[]) => unknown)(
      roots,
      { ...adjust(options), inlineSourceMap: true },
      ...rest,
    );

  const transpileModule = (input: string, { compilerOptions = {} }: TypeScript.TranspileOptions) => {
    const encoded = INLINE_MAP.exec(input)?.[1];
    const transformers = { before: [awaitTransform(ts)] };
    const { code, sourceMap } = toCommonJs(ts, input.replace(INLINE_MAP, ''), compilerOptions, transformers);
    maps = encoded === undefined ? null : { typescript: Buffer.from(encoded, 'base64').toString(), module: sourceMap };
    return { outputText: code.replace(MAP_REFERENCE, '') };
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
