import { basename } from 'node:path';
import type * as TypeScript from '@tslab/typescript-for-tslab';
import { awaitTransform } from './await-transform';
import { findTypesBesideExports } from './types-beside-exports';

type Compiler = typeof TypeScript;

/** Not part of the compiler's public types. */
interface Internals {
  /** Finds what a file declares, once. */
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}
type SourceFile = TypeScript.SourceFile & {
  /** How its imports were resolved. */
  resolvedModules?: {
    forEach(action: (found: { resolvedModule?: TypeScript.ResolvedModuleFull }) => void): void;
  };
};

/** What tslab calls the JavaScript of a cell. */
const CELL = '__tslab__.js';

/** A cell as TypeScript's first pass leaves it: an ES module. */
export interface EmittedCell {
  code: string;
  sourceMap: string;
  /** What it exports where that is all that it has to do with modules: nothing, or the value of its last expression. Null otherwise. */
  exported: 0 | 1 | null;
}

/**
 * Makes the program of each cell, in place of the one that tslab asks for: that one looks in each of some hundred files for what has changed,
 * to tell which files are affected, and nobody asks for it. Awaits become stoppable here.
 */
export function cellPrograms(
  ts: Compiler,
  onEmit: (cell: EmittedCell) => void,
): TypeScript.CreateProgram<TypeScript.BuilderProgram> {
  let known: TypeScript.CompilerHost | undefined;
  return (rootNames, options, host, ...rest) => {
    if (host !== undefined && host !== known) findTypesBesideExports((known = host));
    const builder = ts.createAbstractBuilder(rootNames, options, host, ...rest);
    const program = builder.getProgram();
    for (const name of rootNames ?? []) bind(ts, program, name);
    const emit: TypeScript.Program['emit'] = (file, write, token, onlyDts, transformers) => {
      let sourceMap = '';
      let exported: EmittedCell['exported'] = null;
      const look: TypeScript.TransformerFactory<TypeScript.SourceFile> = () => (emitted) => {
        exported = exportsOf(ts, emitted);
        return emitted;
      };
      const after = [...(transformers?.after ?? []), awaitTransform(ts), look];
      const note: TypeScript.WriteFileCallback = (name, text, ...others) => {
        if (name.endsWith('.js.map')) sourceMap = text;
        else if (basename(name) === CELL) onEmit({ code: text, sourceMap, exported });
        write?.(name, text, ...others);
      };
      return program.emit(file, note, token, onlyDts, { ...transformers, after });
    };
    return Object.assign(builder, { emit, getAllDependencies: (file: SourceFile) => sourcesOf(program, file) });
  };
}

/** tslab asks for the names of a cell before anything else; a type checker that is made for them only would be thrown away. */
function bind(ts: Compiler, program: TypeScript.Program, name: string): void {
  const file = program.getSourceFile(name);
  if (file !== undefined) (ts as unknown as Internals).bindSourceFile(file, program.getCompilerOptions());
}

/** The file and what it imports of sources, directly or not: tslab compiles these with the cell. */
function sourcesOf(program: TypeScript.Program, start: SourceFile): string[] {
  const found = new Set<SourceFile>([start]);
  for (const file of found) {
    file.resolvedModules?.forEach(({ resolvedModule }) => {
      const imported = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
      if (imported !== undefined && !imported.isDeclarationFile) found.add(imported);
    });
  }
  return [...found].map(({ fileName }) => fileName);
}

function exportsOf(ts: Compiler, { statements }: TypeScript.SourceFile): EmittedCell['exported'] {
  let exported: 0 | 1 = 0;
  for (const statement of statements) {
    if (isEmptyExport(ts, statement)) continue;
    // What tslab adds is the last statement.
    const isModular =
      exported === 1 ||
      ts.isImportDeclaration(statement) ||
      ts.isImportEqualsDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isExportAssignment(statement);
    if (isModular) return null;
    if (isExported(ts, statement)) exported = 1;
  }
  return exported;
}

function isExported(ts: Compiler, statement: TypeScript.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** `export {}`: says that the file is a module. */
function isEmptyExport(ts: Compiler, statement: TypeScript.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) return false;
  const { exportClause } = statement;
  return exportClause !== undefined && ts.isNamedExports(exportClause) && exportClause.elements.length === 0;
}
