/** The variables that a cell declares: each declaration becomes an assignment to a box. */
import ts = require('typescript');
import { target, valueOf } from './cell-patterns';
import type { CellWalk } from './cell-walk';
import { isAmbient } from './statement-kinds';
import { forEachName } from './usage';

const { factory } = ts;

type Loop = ts.ForStatement | ts.ForOfStatement | ts.ForInStatement;

/** A statement that declares variables; undefined where nothing is left of it. */
export function variables(walk: CellWalk, node: ts.VariableStatement): ts.VisitResult<ts.Node | undefined> {
  const list = node.declarationList;
  if (isAmbient(node)) return undefined;
  if (!isTopLevel(walk, list)) return factory.updateVariableStatement(node, node.modifiers, walk.children(list));
  const statements = list.declarations.flatMap((declaration): ts.Statement[] => {
    if (isLocal(walk, declaration)) return [factory.createVariableStatement(undefined, local(walk, declaration, list))];
    const made = assigned(walk, declaration, list);
    return made === undefined ? [] : [factory.createExpressionStatement(made)];
  });
  if (statements[0] !== undefined) ts.setTextRange(statements[0], node);
  // A `var` may be all of a branch.
  return ts.isBlock(node.parent) || ts.isSourceFile(node.parent) || ts.isCaseOrDefaultClause(node.parent)
    ? statements
    : factory.createBlock(statements);
}

/** A loop, whose head may declare variables. */
export function loop(walk: CellWalk, node: Loop): ts.Statement {
  const { initializer } = node;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return walk.children(node);
  const body = ts.visitIterationBody(node.statement, (one) => walk.visit(one), walk.context);
  if (ts.isForStatement(node)) {
    const [condition, increment] = [node.condition, node.incrementor].map((part) => part && walk.expression(part));
    return factory.updateForStatement(node, head(walk, initializer), condition, increment, body);
  }
  const each = eachHead(walk, initializer);
  return ts.isForInStatement(node)
    ? factory.updateForInStatement(node, each, walk.expression(node.expression), body)
    : factory.updateForOfStatement(node, node.awaitModifier, each, walk.expression(node.expression), body);
}

/** The head of `for (;;)`. */
function head(walk: CellWalk, list: ts.VariableDeclarationList): ts.ForInitializer | undefined {
  if (!isTopLevel(walk, list)) return walk.children(list);
  if (list.declarations.every((declaration) => isLocal(walk, declaration))) {
    const [first, ...rest] = list.declarations.map((one) => local(walk, one, list).declarations[0]!);
    return factory.createVariableDeclarationList([first!, ...rest], list.flags & ts.NodeFlags.BlockScoped);
  }
  const parts = list.declarations.flatMap((declaration) => assigned(walk, declaration, list) ?? []);
  return parts.length === 0 ? undefined : parts.reduce((all, part) => factory.createComma(all, part));
}

/** The head of `for (… of …)` and `for (… in …)`. */
function eachHead(walk: CellWalk, list: ts.VariableDeclarationList): ts.ForInitializer {
  if (!isTopLevel(walk, list)) return walk.children(list);
  const { name } = list.declarations[0]!;
  forEachName(name, (identifier) => walk.vars.add(walk.boxes.nameOf(identifier)!));
  return target(walk, name);
}

function isTopLevel({ boxes }: CellWalk, { declarations }: ts.VariableDeclarationList): boolean {
  let is = false;
  for (const { name } of declarations)
    forEachName(name, (identifier) => (is ||= boxes.nameOf(identifier) !== undefined));
  return is;
}

const isLocal = ({ boxes }: CellWalk, { name }: ts.VariableDeclaration): boolean =>
  ts.isIdentifier(name) && boxes.localName(name) !== undefined;

/** The assignment in place of a declaration; undefined where it has none. */
function assigned(
  walk: CellWalk,
  declaration: ts.VariableDeclaration,
  list: ts.VariableDeclarationList,
): ts.Expression | undefined {
  const { name, initializer } = declaration;
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  if (isVar) forEachName(name, (identifier) => walk.vars.add(walk.boxes.nameOf(identifier)!));
  if (initializer === undefined) {
    return isVar ? undefined : factory.createAssignment(target(walk, name), factory.createVoidZero());
  }
  const value = valueOf(walk, name, initializer);
  return ts.setTextRange(factory.createAssignment(target(walk, name), value), declaration);
}

/** A declaration that stays a local variable. */
function local(
  walk: CellWalk,
  declaration: ts.VariableDeclaration,
  list: ts.VariableDeclarationList,
): ts.VariableDeclarationList {
  const value = assigned(walk, declaration, list);
  const copy = factory.createVariableDeclaration(declaration.name, undefined, undefined, value);
  ts.setTextRange(copy, declaration);
  return factory.createVariableDeclarationList([copy], list.flags & ts.NodeFlags.BlockScoped);
}
