import ts = require('typescript');
import { bare } from './typescript';

/**
 * The variable that is declared with the result of the call whose name stands at a place: `clean` for the `filter` of
 * `const clean = rows.filter(isClean)`. Undefined for calls in the middle of a chain, and for all that is assigned
 * otherwise.
 */
export function declaredName(file: ts.SourceFile, line: number, column: number): string | undefined {
  const start = (file.getLineStarts()[line - 1] ?? 0) + column - 1;
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (start < node.pos || start >= node.end) return undefined;
    return ts.forEachChild(node, visit) ?? node;
  };
  const name = visit(file);
  if (name === undefined || !ts.isIdentifier(name) || !ts.isPropertyAccessExpression(name.parent)) return undefined;
  const call = name.parent.parent;
  if (name.parent.name !== name || !ts.isCallExpression(call) || call.expression !== name.parent) return undefined;
  let value: ts.Expression = call;
  while (passesOn(value.parent, value)) value = value.parent;
  const { parent } = value;
  return ts.isVariableDeclaration(parent) && parent.initializer === value && ts.isIdentifier(parent.name)
    ? parent.name.text
    : undefined;
}

/** Whether the value of an expression is that of another one in it, which it wraps or awaits. */
const passesOn = (outer: ts.Node, inner: ts.Expression): outer is ts.Expression =>
  ts.isAwaitExpression(outer) || (ts.isExpression(outer) && bare(outer) === bare(inner));
