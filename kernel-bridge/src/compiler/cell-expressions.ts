/** The expressions of a cell that read, write or call a top-level name. */
import ts = require('typescript');
import { held } from './await-transform';
import type { CellWalk } from './cell-walk';
import { isStep, NAMING } from './statement-kinds';
import { bare } from './typescript';

const { factory } = ts;

export function call(walk: CellWalk, node: ts.CallExpression): ts.Expression {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const args = ts.visitNodes(node.arguments, (one) => walk.visit(one), ts.isExpression);
    return ts.setTextRange(factory.createCallExpression(held('import'), undefined, args), node);
  }
  const visited = walk.children(node);
  const called = callee(walk, node.expression, visited.expression);
  return ts.isCallChain(visited)
    ? factory.updateCallChain(visited, called, visited.questionDotToken, visited.typeArguments, visited.arguments)
    : factory.updateCallExpression(visited, called, visited.typeArguments, visited.arguments);
}

export function taggedTemplate(walk: CellWalk, node: ts.TaggedTemplateExpression): ts.Expression {
  const visited = walk.children(node);
  const tag = callee(walk, node.tag, visited.tag);
  return factory.updateTaggedTemplateExpression(visited, tag, visited.typeArguments, visited.template);
}

export function assignment(walk: CellWalk, node: ts.BinaryExpression): ts.Expression {
  const name = ts.isIdentifier(node.left) ? walk.boxes.nameOf(node.left) : undefined;
  if (name === undefined || !NAMING.has(node.operatorToken.kind)) return write(walk, node.left, walk.children(node));
  const [left, right] = [walk.expression(node.left), walk.valueFor(name, node.right)];
  return write(walk, node.left, factory.updateBinaryExpression(node, left, node.operatorToken, right));
}

/** `++` and `--`, among others. */
export function unary(walk: CellWalk, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Expression {
  if (walk.boxes.localName(node.operand) === undefined || !isStep(node.operator)) return walk.children(node);
  const step = factory.createPrefixUnaryExpression(node.operator, node.operand);
  return write(walk, node.operand, ts.setTextRange(step, node));
}

/** `{ limit }`. */
export function shorthand(walk: CellWalk, node: ts.ShorthandPropertyAssignment): ts.ObjectLiteralElementLike {
  const name = walk.boxes.boxedName(node.name);
  if (name === undefined) return walk.children(node);
  const fallback = node.objectAssignmentInitializer;
  const place = walk.boxes.access(name, node.name);
  const value = fallback === undefined ? place : factory.createAssignment(place, walk.valueFor(name, fallback));
  return ts.setTextRange(factory.createPropertyAssignment(node.name.text, value), node);
}

/** Without a `this`: that of a property's call would be its box. */
function callee({ boxes }: CellWalk, node: ts.Expression, visited: ts.Expression): ts.Expression {
  const inner = bare(node);
  const name = boxes.boxedName(inner);
  if (name === undefined) return visited;
  // V8 takes the end of the parentheses for the place of the call; it is to be the start of the name.
  const access = ts.setEmitFlags(boxes.access(name, inner), ts.EmitFlags.NoTrailingSourceMap);
  const sequence = factory.createComma(factory.createNumericLiteral(0), access);
  const made = ts.setTextRange(factory.createParenthesizedExpression(sequence), node);
  return ts.setEmitFlags(made, ts.EmitFlags.NoTrailingSourceMap);
}

/** A write to `target`, which also goes to the box where that is a local variable. */
function write({ boxes }: CellWalk, target: ts.Expression, node: ts.Expression): ts.Expression {
  const name = boxes.localName(target);
  return name === undefined
    ? node
    : factory.createParenthesizedExpression(factory.createAssignment(boxes.access(name, target), node));
}
