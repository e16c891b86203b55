import ts = require('typescript');

/** Parts of the compiler that its types do not declare; the version is pinned. */
interface Internals {
  isExpressionNode(node: ts.Node): boolean;
  isAssignmentTarget(node: ts.Node): boolean;
}

export const { isExpressionNode, isAssignmentTarget } = ts as unknown as Internals;

/** What the binder and the program leave in a file. */
export interface BoundFile extends ts.SourceFile {
  locals?: Map<string, BoundSymbol>;
  /** All identifiers in its text. */
  identifiers: Map<string, string>;
  imports?: readonly ts.StringLiteralLike[];
}

export interface BoundSymbol extends ts.Symbol {
  /** Of a local name that is exported: what others see. */
  exportSymbol?: ts.Symbol;
}

/** A program that can tell how an import was resolved. */
export interface ResolvedProgram extends ts.Program {
  getResolvedModuleFromModuleSpecifier(
    specifier: ts.StringLiteralLike,
    file: ts.SourceFile,
  ): { resolvedModule?: ts.ResolvedModuleFull } | undefined;
}

/** The top-level names of a file, as other files would see their symbols. */
export function topLevelSymbols(file: BoundFile): Map<string, ts.Symbol> {
  const symbols = new Map<string, ts.Symbol>();
  for (const [name, symbol] of file.locals ?? []) symbols.set(name, symbol.exportSymbol ?? symbol);
  return symbols;
}

/** An expression without parentheses, type assertions and `!` around it. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isSatisfiesExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}
