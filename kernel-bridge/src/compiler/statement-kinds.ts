/** What the statements and operators of a cell are. */
import ts = require('typescript');

/** Assignments that give a name to a function without one. */
export const NAMING = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

export const isAssignmentOperator = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

export const isStep = (operator: ts.PrefixUnaryOperator): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;

export const isDirective = (node: ts.Statement): boolean =>
  ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);

export function isAmbient(node: ts.Statement): boolean {
  return ts.canHaveModifiers(node) && modifiersOf(node).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

const modifiersOf = (node: ts.HasModifiers): readonly ts.Modifier[] => ts.getModifiers(node) ?? [];

/** Index of the statement whose value is shown; -1 where there is none. */
export function lastExpression(statements: readonly ts.Statement[]): number {
  let index = statements.length - 1;
  while (index >= 0 && isNothing(statements[index]!)) index--;
  return index >= 0 && ts.isExpressionStatement(statements[index]!) ? index : -1;
}

const isNothing = (node: ts.Statement): boolean => ts.isEmptyStatement(node) || ts.isExportDeclaration(node);
