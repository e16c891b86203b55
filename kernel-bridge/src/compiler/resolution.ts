import { existsSync, readFileSync } from 'node:fs';
import Module = require('node:module');
import { dirname, join } from 'node:path';
import type { CompilerOptions, ModuleResolutionKind } from '@tslab/typescript-for-tslab';

/** Packages that a cell can import from any folder, because the kernel brings them. */
const BROUGHT_ALONG = ['stemma', 'stemma-kernel'];

/** `ModuleResolutionKind.Bundler`: reads `exports` of a package, as Node does, where tslab's choice knows `main` and `types` only. */
const BUNDLER: ModuleResolutionKind.Bundler = 100;

/** The folder of a package as the kernel resolves it. */
function folderOf(name: string): string {
  return name === 'stemma-kernel' ? join(__dirname, '../..') : dirname(require.resolve(`${name}/package.json`));
}

/** True where a notebook in `folder` has the package in a node_modules of its own, or of a folder above. */
function isInstalledFor(folder: string, name: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name, 'package.json'))) return true;
    if (dirname(at) === at) return false;
  }
}

/**
 * What the type checker needs to find the packages that the kernel brings, and the types of Node. The notebook's own packages win, here as at run
 * time.
 */
export function resolutionOptions(cwd: string, options: CompilerOptions): CompilerOptions {
  const paths: Record<string, string[]> = {};
  for (const name of BROUGHT_ALONG) {
    if (!isInstalledFor(cwd, name)) paths[name] = [typesOf(folderOf(name))];
  }
  return { ...options, moduleResolution: BUNDLER, customConditions: ['node'], paths, typeRoots: typeRootsOf(options) };
}

/** Those of the notebook's folder where Node's types are among them, or else the kernel's, too. */
function typeRootsOf({ typeRoots = [] }: CompilerOptions): string[] {
  if (typeRoots.some((root) => existsSync(join(root, 'node', 'package.json')))) return typeRoots;
  // tslab looks for @types/node beside itself, where npm puts it only if another version is at the top.
  return [...typeRoots, dirname(dirname(require.resolve('@types/node/package.json')))];
}

function typesOf(folder: string): string {
  const { types } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { types: string };
  return join(folder, types);
}

type Resolve = (request: string, parent: unknown, ...rest: unknown[]) => string;

/** At run time: a package that the kernel brings is looked for beside the kernel once it is not found from the notebook. */
export function hookResolution(): void {
  const internals = Module as unknown as { _resolveFilename: Resolve };
  const resolve = internals._resolveFilename;
  internals._resolveFilename = function (this: unknown, request, parent, ...rest) {
    try {
      return resolve.call(this, request, parent, ...rest);
    } catch (error) {
      const name = BROUGHT_ALONG.find((brought) => request === brought || request.startsWith(`${brought}/`));
      if (name === undefined || (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      return require.resolve(folderOf(name) + request.slice(name.length));
    }
  };
}
