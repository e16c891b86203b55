import { relative } from 'node:path';
import ts = require('typescript');
import type { BoundFile, ResolvedProgram } from './typescript';

/** What is wrong with a cell or with a file that it imports. */
export interface Problem {
  /** Relative to the notebook's folder; null for the cell. */
  file: string | null;
  /** From 1. */
  line: number;
  column: number;
  message: string;
}

/** What the compiler objects to, and works: an import that names a file with its `.ts`, and `import x = require(…)`. */
const ALLOWED = new Set([5097, 1202]);

/**
 * The problems of a cell and of the files that it imports, directly or not. Syntax comes first: types that come from a
 * file which cannot be read are guesses. Then the cell's own types, and only where these are right those of the files.
 */
export function problemsOf(program: ResolvedProgram, cell: ts.SourceFile, cwd: string): Problem[] {
  const toProblems = (file: ts.SourceFile, diagnostics: readonly ts.Diagnostic[]): Problem[] =>
    diagnostics
      .filter(({ code, category }) => category === ts.DiagnosticCategory.Error && !ALLOWED.has(code))
      .map((diagnostic) => toProblem(diagnostic, file, file === cell ? null : relative(cwd, file.fileName)));
  const syntactic = (file: ts.SourceFile): Problem[] => toProblems(file, program.getSyntacticDiagnostics(file));
  const semantic = (file: ts.SourceFile): Problem[] => toProblems(file, program.getSemanticDiagnostics(file));
  const own = syntactic(cell);
  if (own.length > 0) return own;
  const imported = importedBy(program, cell);
  const unreadable = imported.flatMap(syntactic);
  if (unreadable.length > 0) return unreadable;
  const wrong = semantic(cell);
  return wrong.length > 0 ? wrong : imported.flatMap(semantic);
}

/** The TypeScript files behind a file's imports. */
function importedBy(program: ResolvedProgram, start: ts.SourceFile): ts.SourceFile[] {
  const found = new Set<ts.SourceFile>([start]);
  for (const file of found) {
    for (const specifier of (file as BoundFile).imports ?? []) {
      const resolved = program.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule;
      const imported = resolved && program.getSourceFile(resolved.resolvedFileName);
      const isOfPackage = resolved?.isExternalLibraryImport === true;
      if (imported !== undefined && !imported.isDeclarationFile && !isOfPackage) found.add(imported);
    }
  }
  found.delete(start);
  return [...found];
}

function toProblem({ start, messageText }: ts.Diagnostic, source: ts.SourceFile, file: string | null): Problem {
  const { line, character } = source.getLineAndCharacterOfPosition(start ?? 0);
  return { file, line: line + 1, column: character + 1, message: messageOf(messageText) };
}

/**
 * What to do comes first, where the types say it, and else why the usual way to call a function does not fit, where it
 * has several.
 */
function messageOf(text: string | ts.DiagnosticMessageChain): string {
  const whole = ts.flattenDiagnosticMessageText(text, '\n');
  const first = adviceIn(whole) ?? overloadReason(text);
  return first === undefined ? whole : `${first}\n${whole}`;
}

/** The text of an `Advice` of the library's types, a misspelt option aside. */
function adviceIn(whole: string): string | undefined {
  const [, found] = /\bAdvice<"((?:[^"\\]|\\.)+)">/.exec(whole) ?? [];
  return found === undefined || whole.includes('Object literal may only')
    ? undefined
    : (JSON.parse(`"${found}"`) as string);
}

const NO_OVERLOAD = 2769;

function overloadReason(text: string | ts.DiagnosticMessageChain): string | undefined {
  if (typeof text === 'string' || text.code !== NO_OVERLOAD) return undefined;
  return text.next?.[0]?.next?.[0]?.messageText;
}
