import { statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import ts = require('typescript');
import { preferTypes } from './types-beside-exports';

interface Version {
  version: string;
  snapshot: ts.IScriptSnapshot;
}

/** What the compiler sees: the files of the disk, and those that exist in the kernel only: cells and `@module`s. */
export class LanguageHost implements ts.LanguageServiceHost {
  readonly #virtual = new Map<string, string>();
  /** Files as they were last read, and those of them that need not be read again for this cell. */
  readonly #last = new Map<string, Version>();
  readonly #seen = new Set<string>();
  #roots: string[] = [];
  #count = 0;
  /** Where the imports of packages' own files lead to. */
  #resolutions: ts.ModuleResolutionCache;
  #installed: string;
  /** Files of which an import could not be resolved: it may be by now. */
  readonly #unresolved = new Set<string>();

  constructor(
    private readonly cwd: string,
    private readonly options: ts.CompilerOptions,
  ) {
    this.#resolutions = this.#createCache();
    this.#installed = installedFor(cwd);
  }

  /** The files that the program is made of, with all that they import. */
  setRoots(roots: string[]): void {
    this.#roots = roots;
  }

  /**
   * Before the compiler looks at a cell: files have come, changed and gone. Those of packages only with an
   * installation.
   */
  refresh(): void {
    const installed = installedFor(this.cwd);
    const isInstalled = installed !== this.#installed;
    this.#installed = installed;
    if (isInstalled) this.#resolutions = this.#createCache();
    for (const file of this.#seen) {
      const isFixed = this.#virtual.has(file) || (!isInstalled && this.#isOfPackage(file));
      if (!isFixed) this.#seen.delete(file);
    }
  }

  write(file: string, text: string): void {
    if (this.#virtual.get(file) === text) return;
    this.#virtual.set(file, text);
    this.#seen.delete(file);
  }

  remove(file: string): void {
    this.#virtual.delete(file);
    this.#seen.delete(file);
    this.#last.delete(file);
  }

  readonly getCompilationSettings = (): ts.CompilerOptions => this.options;
  readonly getCurrentDirectory = (): string => this.cwd;
  readonly getDefaultLibFileName = ts.getDefaultLibFilePath;
  readonly getScriptFileNames = (): string[] => this.#roots;
  readonly useCaseSensitiveFileNames = (): boolean => ts.sys.useCaseSensitiveFileNames;
  readonly getDirectories = ts.sys.getDirectories;
  readonly directoryExists = ts.sys.directoryExists;
  readonly readDirectory = ts.sys.readDirectory;
  readonly realpath = (path: string): string => (this.#virtual.has(path) ? path : ts.sys.realpath!(path));
  readonly fileExists = (file: string): boolean => this.#virtual.has(file) || ts.sys.fileExists(file);
  readonly readFile = (file: string): string | undefined => this.#virtual.get(file) ?? ts.sys.readFile(file);
  readonly getModuleResolutionCache = (): ts.ModuleResolutionCache => this.#resolutions;
  readonly getScriptVersion = (file: string): string => this.#look(file)?.version ?? '';
  readonly getScriptSnapshot = (file: string): ts.IScriptSnapshot | undefined => this.#look(file)?.snapshot;
  readonly hasInvalidatedResolutions = (file: ts.Path): boolean => this.#unresolved.has(file);

  readonly resolveModuleNameLiterals = (
    literals: readonly ts.StringLiteralLike[],
    containingFile: string,
    redirected: ts.ResolvedProjectReference | undefined,
    options: ts.CompilerOptions,
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[] => {
    const isOfPackage = this.#isOfPackage(containingFile);
    const cache = isOfPackage ? this.#resolutions : undefined;
    const found = literals.map(({ text }) =>
      preferTypes(ts.resolveModuleName(text, containingFile, options, this, cache, redirected)),
    );
    const isResolved = isOfPackage || found.every(({ resolvedModule }) => resolvedModule !== undefined);
    if (isResolved) this.#unresolved.delete(containingFile);
    else this.#unresolved.add(containingFile);
    return found;
  };

  /** A file, with a version that changes only with its text. */
  #look(file: string): Version | undefined {
    const known = this.#last.get(file);
    if (this.#seen.has(file)) return known;
    const text = this.readFile(file);
    if (text === undefined) {
      this.#last.delete(file);
      return undefined;
    }
    const isSame = known !== undefined && known.snapshot.getLength() === text.length && textOf(known) === text;
    const seen = isSame ? known : { version: String(++this.#count), snapshot: ts.ScriptSnapshot.fromString(text) };
    this.#seen.add(file);
    this.#last.set(file, seen);
    return seen;
  }

  #isOfPackage(file: string): boolean {
    if (this.#virtual.has(file)) return false;
    return file.includes('/node_modules/') || (/\.d\.[cm]?ts$/.test(file) && !file.startsWith(this.cwd + sep));
  }

  #createCache(): ts.ModuleResolutionCache {
    return ts.createModuleResolutionCache(this.cwd, (name) => name, this.options);
  }
}

const textOf = ({ snapshot }: Version): string => snapshot.getText(0, snapshot.getLength());

/** Changes when a package manager has been at work for a folder. */
function installedFor(folder: string): string {
  const times: number[] = [];
  for (let at = folder; ; at = dirname(at)) {
    for (const trace of ['node_modules', join('node_modules', '.package-lock.json')]) {
      times.push(statSync(join(at, trace), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    }
    if (dirname(at) === at) return times.join();
  }
}
