import ts = require('typescript');
import { isAssignmentTarget, isExpressionNode } from './typescript';

/** The top-level name that an identifier stands for, of this cell or of an earlier one; undefined for all others. */
export type NameOf = (identifier: ts.Identifier) => string | undefined;

/** What a cell does with the top-level names. */
export interface Usage {
  /** All that it declares or refers to. */
  names: Set<string>;
  /** Those that a function or class of the cell assigns to. */
  writtenInFunctions: Set<string>;
  /** Whether its own code waits. */
  awaits: boolean;
  /** Variables that its own code reads and writes in loops, in ways that a local variable can follow. */
  traceable: Set<string>;
}

/** What is known of one name while the cell is read. */
interface Seen {
  /** Where it is declared with a value, by a variable with a plain name; -1 where it is not. */
  declared: number;
  first: number;
  isInLoop: boolean;
  isUnfit: boolean;
}

/** Reads a cell before it is compiled. */
export function usageOf(file: ts.SourceFile, nameOf: NameOf): Usage {
  const usage: Usage = { names: new Set(), writtenInFunctions: new Set(), awaits: false, traceable: new Set() };
  const seen = new Map<string, Seen>();
  /** Names that are declared together, in the head of a loop. */
  const heads: string[][] = [];
  const of = (name: string): Seen => {
    usage.names.add(name);
    let one = seen.get(name);
    if (one === undefined) {
      seen.set(name, (one = { declared: -1, first: Infinity, isInLoop: false, isUnfit: false }));
    }
    return one;
  };

  const refer = (node: ts.Identifier, isInLoop: boolean, isInFunction: boolean): void => {
    const name = nameOf(node);
    if (name === undefined) return;
    const one = of(name);
    const isWrite = isAssignmentTarget(node);
    if (isInFunction) {
      if (isWrite) usage.writtenInFunctions.add(name);
      return;
    }
    one.first = Math.min(one.first, node.pos);
    one.isInLoop ||= isInLoop;
    one.isUnfit ||= isWrite && !isPlainWrite(node);
  };
  const declare = (node: ts.VariableDeclaration, isInLoop: boolean, isInFunction: boolean): void => {
    forEachName(node.name, (identifier) => {
      const name = nameOf(identifier);
      if (name === undefined) return;
      const one = of(name);
      const isPlain = node.name === identifier && hasOwnValue(node) && !isInFunction;
      one.isUnfit ||= !isPlain;
      one.isInLoop ||= isInLoop;
      if (one.declared < 0) one.declared = identifier.pos;
    });
  };
  const noteHead = ({ initializer }: ts.ForStatement): void => {
    if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return;
    const names = initializer.declarations.map(({ name }) => (ts.isIdentifier(name) ? (nameOf(name) ?? '') : ''));
    if (names.some((name) => name !== '')) heads.push(names);
  };
  const visit = (node: ts.Node, isInLoop: boolean, isInFunction: boolean): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) {
      if (isReference(node)) refer(node, isInLoop, isInFunction);
      return;
    }
    if (ts.isForStatement(node)) noteHead(node);
    if (ts.isVariableDeclaration(node)) declare(node, isInLoop, isInFunction);
    const isDeclaration = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || isModuleOrEnum(node);
    const isImport = ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isImportSpecifier(node);
    if ((isDeclaration || isImport || ts.isImportEqualsDeclaration(node)) && node.name !== undefined) {
      const name = ts.isIdentifier(node.name) ? nameOf(node.name) : undefined;
      if (name !== undefined) of(name).isUnfit = true;
    }
    usage.awaits ||= !isInFunction && isWaiting(node);
    const isInner = isInFunction || ts.isFunctionLike(node) || ts.isClassLike(node) || isModuleOrEnum(node);
    const isLooping = isInLoop || ts.isIterationStatement(node, false);
    ts.forEachChild(node, (child) => visit(child, isLooping, isInner));
  };
  visit(file, false, false);
  for (const [name, { declared, first, isInLoop, isUnfit }] of seen) {
    const isFit = declared >= 0 && declared <= first && isInLoop && !isUnfit;
    if (isFit && !usage.writtenInFunctions.has(name)) usage.traceable.add(name);
  }
  const { traceable } = usage;
  // One declaration declares local variables only, or none.
  for (const names of [...heads, ...heads.reverse()]) {
    if (!names.every((name) => traceable.has(name))) for (const name of names) traceable.delete(name);
  }
  return usage;
}

/** Whether an identifier stands for a value, and is not the name of something. */
export function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportAssignment(parent)) return true;
  return isExpressionNode(node);
}

/** Calls back for each name that a declaration declares, in order. */
export function forEachName(name: ts.BindingName, action: (identifier: ts.Identifier) => void): void {
  if (ts.isIdentifier(name)) return action(name);
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) forEachName(element.name, action);
}

/** A write whose value can be given to a second place by one more assignment around it. */
function isPlainWrite(node: ts.Identifier): boolean {
  const { parent } = node;
  // The default of a pattern, `[a = 1] = list`, is no assignment.
  if (ts.isBinaryExpression(parent)) return parent.left === node && !isAssignmentTarget(parent);
  return ts.isPrefixUnaryExpression(parent) || (ts.isPostfixUnaryExpression(parent) && isUnused(parent));
}

/** Whether nobody sees the value of an expression. */
function isUnused(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isExpressionStatement(parent) || (ts.isForStatement(parent) && parent.condition !== node);
}

/** `let x = …`, not `var x`, which keeps what is there, nor the variable of a `for (… of …)`. */
function hasOwnValue({ initializer, parent }: ts.VariableDeclaration): boolean {
  return initializer !== undefined || (parent.flags & ts.NodeFlags.Let) !== 0;
}

function isWaiting(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  return ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
}

const isModuleOrEnum = (node: ts.Node): node is ts.ModuleDeclaration | ts.EnumDeclaration =>
  ts.isModuleDeclaration(node) || ts.isEnumDeclaration(node);
