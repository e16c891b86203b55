import Module = require('node:module');
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm = require('node:vm');
import ts = require('typescript');
import type { LanguageHost } from '../compiler/language-host';
import type { SourceMaps } from '../compiler/source-maps';
import { compileFile, hasTopLevelAwait, META } from './file-transform';
import { namespaceOf, type Namespace } from './interop';
import { importedFile } from './package-exports';

/** A file beside the notebook, or elsewhere outside of packages, that has been loaded. */
interface Loaded {
  text: string;
  module: Module;
  /** The files that it has loaded itself. */
  imports: Set<string>;
}

const LOCAL = /\.(?:[cm]?[jt]sx?|json)$/;
const WRAPPER = `(function (exports, require, module, __filename, __dirname, ${META}) { `;
/** `import()` itself: the compiler of the kernel would turn it into a `require`. */
const importNatively = new Function('specifier', 'return import(specifier)') as (specifier: string) => Promise<object>;

/**
 * Loads what cells import. Packages are Node's; files that belong to no package are compiled here, and loaded again
 * once they, or files behind them, have changed.
 */
export class Modules {
  readonly #loaded = new Map<string, Loaded>();
  /** A file in the notebook's folder that stands for its cells. */
  readonly #cells: string;

  constructor(
    cwd: string,
    private readonly host: LanguageHost,
    private readonly options: ts.CompilerOptions,
    private readonly maps: SourceMaps,
    /** Packages that are the kernel's own, whatever is installed. */
    private readonly provided: ReadonlyMap<string, () => unknown>,
  ) {
    this.#cells = join(cwd, '__cells__.js');
    this.require = this.#requireFor(null);
  }

  /** `require` of the cells. */
  readonly require: NodeJS.Require;

  /** Forgets files that have changed, or were interrupted while they loaded, and all that imported them. */
  refresh(): void {
    for (const [file, { text, module }] of this.#loaded) {
      if (!module.loaded || this.host.readFile(file) !== text) this.#drop(file);
    }
  }

  /** Those that are loaded now. */
  files(): Iterable<string> {
    return this.#loaded.keys();
  }

  /** The exports of a module. */
  load(specifier: string): unknown {
    this.refresh();
    return this.#load(specifier, this.#cells);
  }

  /** `import(…)`. */
  async import(specifier: string, from = this.#cells): Promise<Namespace> {
    if (from === this.#cells) this.refresh();
    try {
      return namespaceOf(this.#load(specifier, from));
    } catch (error) {
      return namespaceOf(await this.importNatively(specifier, error, from));
    }
  }

  /** An ES module that `require` cannot load, since it waits at its top level; others fail as they did. */
  async importNatively(specifier: string, failure: unknown, from = this.#cells): Promise<object> {
    if ((failure as NodeJS.ErrnoException | null)?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw failure;
    const file = this.#localFile(specifier, from) ?? this.#packageFile(specifier, from);
    return importNatively(pathToFileURL(file).href);
  }

  #load(specifier: string, from: string): unknown {
    const file = this.#localFile(specifier, from);
    if (file !== null) return this.#loadFile(file, from);
    const provide = this.provided.get(specifier);
    if (provide !== undefined) return provide();
    const require = Module.createRequire(from);
    // A URL of a file is for `import` only.
    const request = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
    try {
      return require(request) as unknown;
    } catch (error) {
      const isHidden = (error as NodeJS.ErrnoException | null)?.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
      const imported = isHidden ? importedFile(request, dirname(from)) : null;
      if (imported === null) throw this.#inUserWords(error);
      return require(imported) as unknown;
    }
  }

  /** Without the file that stands for the cells, which no user has: in what Node says of a module that is missing. */
  #inUserWords(error: unknown): unknown {
    const missing = error as NodeJS.ErrnoException & { requireStack?: string[] };
    if (missing?.code !== 'MODULE_NOT_FOUND' || missing.requireStack?.includes(this.#cells) !== true) return error;
    missing.requireStack = missing.requireStack.filter((file) => file !== this.#cells);
    const rest = missing.message.split('\n').filter((line) => line !== `- ${this.#cells}`);
    missing.message = rest.join('\n').replace(/\nRequire stack:$/, '');
    return error;
  }

  #packageFile(specifier: string, from: string): string {
    try {
      return Module.createRequire(from).resolve(specifier);
    } catch (error) {
      const imported = importedFile(specifier, dirname(from));
      if (imported === null) throw error;
      return imported;
    }
  }

  /** The file outside of packages that a specifier names; null for packages, and where there is no such file. */
  #localFile(specifier: string, from: string): string | null {
    const path = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
    if (!path.startsWith('.') && !isAbsolute(path)) return null;
    const found = ts.resolveModuleName(path, from, this.options, this.host).resolvedModule;
    if (found === undefined || found.isExternalLibraryImport === true) return null;
    const file = found.resolvedFileName;
    const isLocal = LOCAL.test(file) && !/\.d\.[cm]?ts$/.test(file) && !file.includes('/node_modules/');
    return isLocal ? file : null;
  }

  #loadFile(file: string, from: string): unknown {
    this.#loaded.get(from)?.imports.add(file);
    const known = this.#loaded.get(file);
    if (known !== undefined) return known.module.exports;
    const module = new Module(file);
    module.filename = file;
    const text = this.host.readFile(file) ?? '';
    // Known before it runs: files may import each other.
    this.#loaded.set(file, { text, module, imports: new Set() });
    try {
      if (file.endsWith('.json')) module.exports = JSON.parse(text) as unknown;
      else this.#run(file, text, module);
    } catch (error) {
      this.#drop(file);
      if (file.endsWith('.json') && error instanceof SyntaxError) error.message = `${file}: ${error.message}`;
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #run(file: string, text: string, module: Module): void {
    if (hasTopLevelAwait(file, text)) throw waits(file);
    const { code, sourceMap } = compileFile(file, text, this.options);
    const wrapped = `${WRAPPER}${code}\n})`;
    this.maps.add(file, {
      source: text,
      code: wrapped,
      map: sourceMap,
      wrapper: { length: WRAPPER.length, callLine: 0 },
    });
    const run = vm.runInThisContext(wrapped, { filename: file, displayErrors: false }) as (...args: unknown[]) => void;
    const folder = dirname(file);
    const meta = { url: pathToFileURL(file).href, filename: file, dirname: folder };
    run.call(module.exports, module.exports, this.#requireFor(file), module, file, folder, meta);
  }

  #requireFor(file: string | null): NodeJS.Require {
    const from = file ?? this.#cells;
    const require = (specifier: string): unknown => {
      if (file === null) this.refresh();
      return this.#load(specifier, from);
    };
    const { resolve, cache, main, extensions } = Module.createRequire(from);
    return Object.assign(require, { resolve, cache, main, extensions }) as NodeJS.Require;
  }

  /** A file, and all that it was loaded by. */
  #drop(file: string): void {
    if (!this.#loaded.delete(file)) return;
    for (const [importer, { imports }] of this.#loaded) if (imports.has(file)) this.#drop(importer);
  }
}

function waits(file: string): Error {
  const error: NodeJS.ErrnoException = new Error(
    `${file} has a top-level await, which a file that a cell imports cannot have: export an async function from it, and await that in the cell`,
  );
  // Node itself imports JavaScript that waits.
  error.code = /\.m?js$/.test(file) ? 'ERR_REQUIRE_ASYNC_MODULE' : 'ERR_FILE_WAITS';
  return error;
}
