import { existsSync, readFileSync } from 'node:fs';
import Module = require('node:module');
import { dirname, join } from 'node:path';
import ts = require('typescript');
import { libraries } from '../compiler/libraries';

/**
 * Packages that a cell can import from any folder, because the kernel brings them; the last ones only where they are
 * installed beside it.
 */
const BROUGHT_ALONG = ['stemma', 'stemma-kernel', 'tslab', 'stemma-document', 'stemma-monitor'].filter(isBesideKernel);

function isBesideKernel(name: string): boolean {
  try {
    return folderOf(name) !== '';
  } catch {
    return false;
  }
}

/** The folder of a package as the kernel resolves it. */
function folderOf(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

/** True where a notebook in `folder` has the package in a node_modules of its own, or of a folder above. */
function isInstalledFor(folder: string, name: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name, 'package.json'))) return true;
    if (dirname(at) === at) return false;
  }
}

/**
 * How cells and the files that they import are checked and compiled. The type checker finds the packages that the
 * kernel brings, and the types of Node; the notebook's own packages win, here as at run time.
 */
export function compilerOptions(cwd: string): ts.CompilerOptions {
  const paths: Record<string, string[]> = {};
  for (const name of BROUGHT_ALONG) {
    if (!isInstalledFor(cwd, name)) Object.assign(paths, typesOf(name));
  }
  return {
    target: ts.ScriptTarget.ES2022,
    lib: libraries(),
    module: ts.ModuleKind.ESNext,
    // Reads `exports` of a package, as Node does.
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['node'],
    paths,
    ...globalTypes(cwd),
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
    jsx: ts.JsxEmit.React,
    experimentalDecorators: true,
    preserveConstEnums: true,
    skipLibCheck: true,
    newLine: ts.NewLineKind.LineFeed,
    sourceMap: true,
    // Nothing is written, but outputs need names of their own.
    outDir: join(cwd, '__out__'),
  };
}

/** The types that are there without an import: the notebook's own, and Node's, from the kernel where it has none. */
function globalTypes(cwd: string): Pick<ts.CompilerOptions, 'typeRoots' | 'types'> {
  const typeRoots = ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => cwd }) ?? [];
  if (typeRoots.some((root) => existsSync(join(root, 'node', 'package.json')))) return { typeRoots };
  const own = ts.getAutomaticTypeDirectiveNames({ typeRoots }, ts.sys);
  const kernels = dirname(dirname(require.resolve('@types/node/package.json')));
  return { typeRoots: [...typeRoots, kernels], types: [...own, 'node'] };
}

/** The files with the types of a package, and of each of its entry points, by what a cell imports. */
function typesOf(name: string): Record<string, string[]> {
  const folder = folderOf(name);
  const { types, exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    types: string;
    exports?: { [entry: string]: string | { types?: string } };
  };
  const paths = { [name]: [join(folder, types)] };
  for (const [entry, target] of Object.entries(exports))
    if (typeof target === 'object' && target.types !== undefined)
      paths[name + entry.slice(1)] = [join(folder, target.types)];
  return paths;
}

type Resolve = (request: string, parent: unknown, ...rest: unknown[]) => string;

/**
 * At run time: a package that the kernel brings is looked for beside the kernel once it is not found from the notebook.
 */
export function hookResolution(): void {
  const internals = Module as unknown as { _resolveFilename: Resolve };
  const resolve = internals._resolveFilename;
  internals._resolveFilename = function (this: unknown, request, parent, ...rest) {
    try {
      return resolve.call(this, request, parent, ...rest);
    } catch (error) {
      const name = BROUGHT_ALONG.find((brought) => request === brought || request.startsWith(`${brought}/`));
      if (name === undefined || (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      return resolve.call(this, request, module);
    }
  };
}
