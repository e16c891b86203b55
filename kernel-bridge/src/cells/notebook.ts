import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm = require('node:vm');
import { HOLDER } from '../compiler/await-transform';
import { CellCompiler, type CompiledCell } from '../compiler/cell-compiler';
import type { CellImport } from '../compiler/cell-imports';
import type { CellNames } from '../compiler/cell-names';
import type { Problem } from '../compiler/diagnostics';
import type { SourceMaps } from '../compiler/source-maps';
import { compilerOptions, hookResolution } from '../modules/brought-along';
import { exportOf, namespaceOf } from '../modules/interop';
import { Modules } from '../modules/modules';
import { Bindings } from './bindings';
import { cellHeader } from './cell-header';

/** The cell, or a file that it imports, does not compile. */
export class CompileError extends Error {
  readonly #brand = true;

  constructor(readonly problems: Problem[]) {
    super(problems[0]!.message);
  }

  /** Asks nothing of the value: whatever user code throws is tested, proxies with traps included. */
  static override [Symbol.hasInstance](value: unknown): value is CompileError {
    return typeof value === 'object' && value !== null && #brand in value;
  }
}

export interface NotebookOptions {
  cwd: string;
  maps: SourceMaps;
  /** Runs code of the user's, which `start` begins; it returns before the first await is over. */
  runCode<T>(start: () => T): T;
  /** Called by `tslab.display`. */
  display(content: Record<string, unknown>, update: boolean): void;
}

/** What the code of cells reaches of the kernel, as a global object. */
interface Holder {
  /** Of the function around a cell. */
  args: unknown[];
  /** The value of a cell's last expression. */
  result?: unknown;
  import: (specifier: unknown, from?: string) => Promise<unknown>;
  /** `import.meta` of the cells. */
  meta: object;
}

const NO_NAMES: CellNames = { declares: [], refers: [], changes: [], hasEffects: false };

/** Not the value itself: it may be a promise. */
export interface Result {
  value?: unknown;
}

/** The cells of a notebook as one program: compiles a cell with what earlier ones declared, and runs it. */
export class Notebook {
  readonly compiler: CellCompiler;
  readonly bindings = new Bindings();
  readonly #modules: Modules;
  readonly #holder: Holder;
  #interrupt: (error: Error) => void = () => undefined;
  /** What the names of the cell that runs held before. */
  #running: { before: Map<string, unknown> } | null = null;
  #relations: CellNames = NO_NAMES;

  constructor(private readonly options: NotebookOptions) {
    const { cwd, maps } = options;
    const settings = compilerOptions(cwd);
    hookResolution();
    this.compiler = new CellCompiler(cwd, settings);
    const provided = new Map([['tslab', () => this.#tslab()]]);
    this.#modules = new Modules(cwd, this.compiler.host, settings, maps, provided);
    const load = (specifier: unknown, from?: string): Promise<unknown> => this.#modules.import(String(specifier), from);
    const filename = join(cwd, 'cells.ts');
    const meta = { url: pathToFileURL(filename).href, filename, dirname: cwd };
    this.#holder = { args: [], import: load, meta };
    Object.assign(globalThis, { [HOLDER]: this.#holder });
    this.compiler.warmUp();
  }

  /** What the cell that was started last has to do with others. */
  get relations(): CellNames {
    return this.#relations;
  }

  /** The files outside of packages that cells have imported, directly or not. */
  loadedFiles(): Iterable<string> {
    return this.#modules.files();
  }

  /** Gives functions to the code of cells: what awaits go through. */
  provide(functions: Record<string, unknown>): void {
    Object.assign(this.#holder, functions);
  }

  /**
   * Runs a cell to its end: resolves with the value of its last expression, if there is one. Rejects with what it
   * throws, or with a CompileError before anything has run.
   */
  async execute(source: string, fileName: string): Promise<Result> {
    const { module, isForBrowser } = cellHeader(source);
    if (isForBrowser) return {};
    if (module !== null) {
      const problems = this.compiler.addModule(join(this.options.cwd, module), source);
      if (problems.length > 0) throw new CompileError(problems);
      // Nothing runs, but a cell was entered on which all that imports the module depends.
      this.#relations = { ...NO_NAMES, hasEffects: true };
      this.options.runCode(() => undefined);
      return {};
    }
    const compiled = this.compiler.compile(source);
    if (Array.isArray(compiled)) throw new CompileError(compiled);
    this.#relations = compiled.relations;
    this.#running = { before: this.bindings.snapshot(compiled.declared) };
    const interrupted = new Promise<never>((_resolve, reject) => (this.#interrupt = reject));
    // Not every cell waits for it.
    interrupted.catch(() => undefined);
    const late = this.options.runCode(() => this.#import(compiled.imports, fileName));
    if (late.length > 0) await Promise.race([this.#importLate(late, fileName), interrupted]);
    const ended = this.#start(compiled, fileName, source);
    if (compiled.awaits) await Promise.race([ended, interrupted]);
    const { result } = this.#holder;
    delete this.#holder.result;
    return { value: result };
  }

  /** Stops waiting for the cell that runs. */
  interrupt(error: Error): void {
    this.#interrupt(error);
  }

  /**
   * The cell came to its end: later cells know of it, where it failed of what has got a new value. Nothing the second
   * time.
   */
  settle(isComplete: boolean): void {
    const { before } = this.#running ?? {};
    this.#running = null;
    const { bindings } = this;
    const isNew = (name: string): boolean =>
      bindings.has(name) && !(before!.has(name) && Object.is(before!.get(name), bindings.get(name)));
    if (before !== undefined) this.compiler.settle(isComplete ? (name) => bindings.has(name) : isNew);
  }

  /** Runs a cell's own code; returns its promise where it waits. */
  #start({ code, sourceMap, names, prefix, vars, awaits }: CompiledCell, fileName: string, source: string): unknown {
    const { bindings } = this;
    for (const name of vars) if (!bindings.has(name)) bindings.box(name)[name] = undefined;
    const { cwd } = this.options;
    const parameters = ['require', 'exports', '__filename', '__dirname', ...names.map((name) => prefix + name)];
    this.#holder.args = [
      this.#modules.require,
      {},
      join(cwd, fileName),
      cwd,
      ...names.map((name) => bindings.box(name)),
    ];
    delete this.#holder.result;
    // Two functions: what the cell declares may have the name of a parameter.
    const start = `(function (${parameters.join(', ')}) { return (${awaits ? 'async ' : ''}function () { `;
    const wrapped = `${start}${code}\n})(); }).apply(undefined, ${HOLDER}.args)`;
    const wrapper = { length: start.length, callLine: wrapped.split('\n').length };
    this.options.maps.add(fileName, { source, code: wrapped, map: sourceMap, wrapper });
    const run = { filename: fileName, displayErrors: false, breakOnSigint: true };
    return this.options.runCode((): unknown => vm.runInThisContext(wrapped, run));
  }

  /** Loads what a cell imports; returns what must be imported without `require`, as it waits while it loads. */
  #import(imports: CellImport[], fileName: string): [CellImport, unknown][] {
    return imports.flatMap((one): [CellImport, unknown][] => {
      try {
        this.#bind(one, this.#modules.load(one.specifier));
        return [];
      } catch (error) {
        if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_REQUIRE_ASYNC_MODULE')
          throw placed(error, one, fileName);
        return [[one, error]];
      }
    });
  }

  async #importLate(imports: [CellImport, unknown][], fileName: string): Promise<void> {
    for (const [one, required] of imports) {
      try {
        this.#bind(one, await this.#modules.importNatively(one.specifier, required));
      } catch (error) {
        throw placed(error, one, fileName);
      }
    }
  }

  #bind({ names, isRequired }: CellImport, exported: unknown): void {
    for (const { name, imported } of names) {
      if (imported === null) this.bindings.link(name, () => (isRequired ? exported : namespaceOf(exported)));
      else this.bindings.link(name, () => exportOf(exported, imported));
    }
  }

  /** tslab itself, whose `display` shows what it is given by way of this kernel. */
  #tslab(): unknown {
    const jupyter = require('tslab/dist/jupyter') as { lastWriteDisplayData: unknown };
    jupyter.lastWriteDisplayData = this.options.display;
    return require('tslab');
  }
}

/** Imports are not calls: a failure in one gets the position of the cell's `import` after its own. */
function placed(error: unknown, { position }: CellImport, fileName: string): unknown {
  const frame = `    at ${fileName}:${position.line}:${position.column}`;
  try {
    if (error instanceof Error && error.stack?.includes(frame) === false) error.stack += `\n${frame}`;
  } catch {
    // A frozen one, or a getter of its own.
  }
  return error;
}
