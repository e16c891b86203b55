import { join } from 'node:path';
import ts = require('typescript');
import { awaitTransform } from './await-transform';
import { type CellImport, importsOf } from './cell-imports';
import { enclose, extend, type Meaning, partFor, type Scope } from './cell-scope';
import { type CellNames, cellNames } from './cell-names';
import { cellTransform } from './cell-transform';
import { type Problem, problemsOf } from './diagnostics';
import { LanguageHost } from './language-host';
import { type BoundFile, type ResolvedProgram, topLevelSymbols } from './typescript';
import { forEachName, usageOf } from './usage';

/** A cell that can run. */
export interface CompiledCell {
  /** The statements of the body of a function. */
  code: string;
  sourceMap: string;
  /** Top-level names that it has to do with, and what stands before each in the code to name its box. */
  names: string[];
  prefix: string;
  /** What must be loaded before it runs. */
  imports: CellImport[];
  /** Names of `var`s: undefined from the start of the cell, unless they have a value. */
  vars: string[];
  /** Names that it gives a value to where it comes to its end. */
  declared: string[];
  awaits: boolean;
  hasResult: boolean;
  /** For the record: what it has to do with other cells. */
  relations: CellNames;
}

interface Pending {
  text: string;
  file: BoundFile;
  declared: Map<string, Meaning>;
  writtenInFunctions: Set<string>;
}

/** How many files are added at once. */
const SLOTS = 50;

const END = /export \{\};\s*(?:\/\/# sourceMappingURL=.*\s*)?$/;

/**
 * Checks and compiles cells, each with what earlier cells declared in sight.
 *
 * A cell that has run stays a file of the program, so that types come from where they were declared. What one of its
 * names means was settled when it ran: a later declaration of a name changes what later cells see, and no type of an
 * earlier one.
 */
export class CellCompiler {
  readonly #host: LanguageHost;
  readonly #service: ts.LanguageService;
  /** The cell that is looked at. */
  readonly #current: string;
  #scope: Scope = new Map();
  /** The scope of each cell that is still referred to. */
  readonly #cells = new Map<string, Scope>();
  readonly #enclosed = new WeakSet<ts.SourceFile>();
  readonly #modules: string[] = [];
  /** Names that functions of some cell assign to. */
  readonly #writtenInFunctions = new Set<string>();
  /**
   * Files for cells that have run, most of them empty: where only texts of files change, and not which files there are,
   * the compiler makes a program three times as fast.
   */
  readonly #slots: string[] = [];
  readonly #free: string[] = [];
  #pending: Pending | null = null;

  constructor(
    private readonly cwd: string,
    options: ts.CompilerOptions,
  ) {
    this.#host = new LanguageHost(cwd, options);
    this.#service = ts.createLanguageService(this.#host, ts.createDocumentRegistry(true, cwd));
    this.#current = join(cwd, '__cell__.ts');
  }

  get host(): LanguageHost {
    return this.#host;
  }

  /** Loads the compiler's libraries, which the first cell would wait for. */
  warmUp(): void {
    this.#addSlots();
    this.#look('');
  }

  /** The cell, or what is wrong with it. */
  compile(text: string): CompiledCell | Problem[] {
    this.#pending = null;
    const { program, file } = this.#look(text);
    const problems = problemsOf(program, file, this.cwd);
    if (problems.length > 0) return problems;

    const checker = program.getTypeChecker();
    const names = this.#names(file);
    const nameOf = (identifier: ts.Identifier): string | undefined => {
      const { parent } = identifier;
      const symbol =
        ts.isShorthandPropertyAssignment(parent) && parent.name === identifier
          ? checker.getShorthandAssignmentValueSymbol(parent)
          : checker.getSymbolAtLocation(identifier);
      return symbol && names.get(symbol);
    };
    const own = topLevelSymbols(file);
    const meaning = new Map([...own].map(([name, symbol]) => [name, meaningOf(checker, symbol)]));
    const hasValue = (identifier: ts.Identifier): boolean => meaning.get(identifier.text)?.isValue === true;

    const usage = usageOf(file, nameOf);
    for (const name of usage.traceable) if (this.#writtenInFunctions.has(name)) usage.traceable.clear();
    const prefix = prefixFor(file);
    let found = { hasResult: false, vars: [] as string[] };
    const transform = cellTransform({ nameOf, usage, prefix, hasValue, onEnd: (end) => (found = end) });
    let code = '';
    let sourceMap = '';
    const write: ts.WriteFileCallback = (name, output) => {
      if (name.endsWith('.map')) sourceMap = output;
      else code = output.replace(END, '');
    };
    program.emit(file, write, undefined, false, { before: [transform], after: [awaitTransform] });

    for (const name of scopedNames(file)) meaning.delete(name);
    const { writtenInFunctions } = usage;
    const declared = [...meaning].filter(([, { isValue }]) => isValue).map(([name]) => name);
    this.#pending = { text, file, declared: meaning, writtenInFunctions };
    const imports = importsOf(file, hasValue);
    const importsForEffect = imports.some((one) => one.names.length === 0);
    const relations = cellNames(file, nameOf, [...meaning.keys()], importsForEffect);
    const { awaits } = usage;
    return { code, sourceMap, names: [...usage.names], prefix, imports, declared, awaits, relations, ...found };
  }

  /**
   * The cell that was compiled last came to its end: its names can be seen from now on. Of one that failed those that
   * have not got their value keep what they were, and types are seen.
   */
  settle(hasValue: (name: string) => boolean): void {
    if (this.#pending === null) return;
    const { text, file, declared, writtenInFunctions } = this.#pending;
    this.#pending = null;
    for (const name of writtenInFunctions) this.#writtenInFunctions.add(name);
    const own = topLevelSymbols(file);
    const isSeen = (name: string): boolean => hasValue(name) || isAmbient(own.get(name)!);
    const seen = new Map([...declared].filter(([name, { isValue }]) => !isValue || isSeen(name)));
    if (seen.size === 0) return;
    const name = this.#slot();
    this.#host.write(name, moduleText(text));
    this.#cells.set(name, partFor(this.#scope, file, declared));
    this.#scope = extend(this.#scope, name, seen);
    this.#forget();
  }

  /** A module of the notebook's own: the cell of `@module`. What is wrong with it. */
  addModule(file: string, text: string): Problem[] {
    this.#host.write(file, text);
    if (!this.#modules.includes(file)) this.#modules.push(file);
    const { program } = this.#look('');
    return problemsOf(program, program.getSourceFile(file)!, this.cwd);
  }

  complete(text: string, position: number): ts.CompletionInfo | undefined {
    this.#look(text);
    return this.#service.getCompletionsAtPosition(this.#current, position, {});
  }

  inspect(text: string, position: number): ts.QuickInfo | undefined {
    this.#look(text);
    return this.#service.getQuickInfoAtPosition(this.#current, position);
  }

  /** Makes a program of which this text is the cell. */
  #look(text: string): { program: ResolvedProgram; file: BoundFile } {
    const host = this.#host;
    host.write(this.#current, moduleText(text));
    host.refresh();
    host.setRoots([this.#current, ...this.#slots, ...this.#modules]);
    const program = this.#service.getProgram() as ResolvedProgram;
    // Binds all files; only then may they be enclosed.
    program.getTypeChecker();
    const find = (name: string): BoundFile | undefined => program.getSourceFile(name) as BoundFile | undefined;
    for (const [name, scope] of [...this.#cells, [this.#current, this.#scope] as const]) {
      const file = find(name);
      // What is typed may be such that nothing behind it is seen.
      if (file === undefined || (this.#enclosed.has(file) && name !== this.#current)) continue;
      enclose(file, scope, find);
      this.#enclosed.add(file);
    }
    return { program, file: find(this.#current)! };
  }

  /** The symbols of all top-level names that the cell can refer to. */
  #names(file: BoundFile): Map<ts.Symbol, string> {
    const names = new Map<ts.Symbol, string>();
    for (let at = file.parent as (ts.Node & { locals?: Map<string, ts.Symbol> }) | undefined; at; at = at.parent) {
      for (const [name, symbol] of at.locals ?? []) if (!isAmbient(symbol)) names.set(symbol, name);
    }
    const local = scopedNames(file);
    for (const [name, symbol] of file.locals ?? []) {
      if (local.has(name) || isAmbient(symbol.exportSymbol ?? symbol)) continue;
      names.set(symbol, name);
      if (symbol.exportSymbol !== undefined) names.set(symbol.exportSymbol, name);
    }
    return names;
  }

  /** Drops the cells that nothing refers to any more. */
  #forget(): void {
    const needed = new Set<string>();
    const need = (scope: Scope): void => {
      for (const declaring of scope.values()) {
        for (const { file } of declaring) {
          if (needed.has(file)) continue;
          needed.add(file);
          need(this.#cells.get(file)!);
        }
      }
    };
    need(this.#scope);
    for (const file of this.#cells.keys()) {
      if (needed.has(file)) continue;
      this.#cells.delete(file);
      this.#host.write(file, moduleText(''));
      this.#free.push(file);
    }
  }

  /** A file for one more cell. */
  #slot(): string {
    if (this.#free.length === 0) this.#addSlots();
    return this.#free.pop()!;
  }

  #addSlots(): void {
    const { length } = this.#slots;
    for (let slot = length + SLOTS; slot > length; slot--) {
      const file = join(this.cwd, `__cell${slot}__.ts`);
      this.#host.write(file, moduleText(''));
      this.#slots.push(file);
      this.#free.push(file);
    }
  }
}

/** Makes a module of a cell; behind it, so that all positions stay. */
const moduleText = (text: string): string => `${text}\nexport {};`;

/** No identifier of the cell begins with it. */
function prefixFor({ identifiers }: BoundFile): string {
  let prefix = '$';
  while ([...identifiers.keys()].some((name) => name.startsWith(prefix))) prefix += '$';
  return prefix;
}

function meaningOf(checker: ts.TypeChecker, symbol: ts.Symbol): Meaning {
  const { SymbolFlags } = ts;
  const isTypeOnly = symbol.declarations?.some((one) => ts.isTypeOnlyImportOrExportDeclaration(one)) === true;
  const { flags } = (symbol.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  return {
    isValue: !isTypeOnly && (flags & SymbolFlags.Value) !== 0,
    isType: (flags & (SymbolFlags.Type | SymbolFlags.Namespace)) !== 0,
  };
}

/** `declare const x`: a name that is global, or nowhere. */
function isAmbient({ declarations = [] }: ts.Symbol): boolean {
  const isDeclared = (one: ts.Declaration): boolean =>
    (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Ambient) !== 0;
  return declarations.length > 0 && declarations.every(isDeclared);
}

/** Names of `using` declarations: what they hold ends with the cell. */
function scopedNames({ statements }: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const { flags, declarations } = statement.declarationList;
    if ((flags & ts.NodeFlags.Using) === 0) continue;
    for (const { name } of declarations) forEachName(name, ({ text }) => names.add(text));
  }
  return names;
}
