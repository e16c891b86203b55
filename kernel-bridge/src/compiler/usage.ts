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
  const reading = new UsageReading(nameOf);
  reading.visit(file, { inLoop: false, inFunction: false });
  return reading.result();
}

/** Where a node stands. */
interface Place {
  inLoop: boolean;
  inFunction: boolean;
}

class UsageReading {
  readonly #writtenInFunctions = new Set<string>();
  readonly #seen = new Map<string, Seen>();
  /** Names that are declared together, in the head of a loop. */
  readonly #heads: string[][] = [];
  #awaits = false;

  constructor(private readonly nameOf: NameOf) {}

  visit(node: ts.Node, place: Place): void {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) {
      if (isReference(node)) this.#refer(node, place);
      return;
    }
    if (ts.isForStatement(node)) this.#noteHead(node);
    if (ts.isVariableDeclaration(node)) this.#declareVariable(node, place);
    if (isNamedDeclaration(node)) this.#declareOther(node);
    this.#awaits ||= !place.inFunction && isWaiting(node);
    const inFunction = place.inFunction || ts.isFunctionLike(node) || ts.isClassLike(node) || isModuleOrEnum(node);
    const inLoop = place.inLoop || ts.isIterationStatement(node, false);
    ts.forEachChild(node, (child) => this.visit(child, { inLoop, inFunction }));
  }

  result(): Usage {
    return {
      names: new Set(this.#seen.keys()),
      writtenInFunctions: this.#writtenInFunctions,
      awaits: this.#awaits,
      traceable: this.#traceable(),
    };
  }

  #traceable(): Set<string> {
    const traceable = new Set<string>();
    for (const [name, { declared, first, isInLoop, isUnfit }] of this.#seen) {
      const isFit = declared >= 0 && declared <= first && isInLoop && !isUnfit;
      if (isFit && !this.#writtenInFunctions.has(name)) traceable.add(name);
    }
    // One declaration declares local variables only, or none.
    for (const names of [...this.#heads, ...[...this.#heads].reverse()]) {
      if (!names.every((name) => traceable.has(name))) for (const name of names) traceable.delete(name);
    }
    return traceable;
  }

  #refer(node: ts.Identifier, { inLoop, inFunction }: Place): void {
    const name = this.nameOf(node);
    if (name === undefined) return;
    const seen = this.#of(name);
    const isWrite = isAssignmentTarget(node);
    if (inFunction) {
      if (isWrite) this.#writtenInFunctions.add(name);
      return;
    }
    seen.first = Math.min(seen.first, node.pos);
    seen.isInLoop ||= inLoop;
    seen.isUnfit ||= isWrite && !isPlainWrite(node);
  }

  #declareVariable(node: ts.VariableDeclaration, { inLoop, inFunction }: Place): void {
    forEachName(node.name, (identifier) => {
      const name = this.nameOf(identifier);
      if (name === undefined) return;
      const seen = this.#of(name);
      const isPlain = node.name === identifier && hasOwnValue(node) && !inFunction;
      seen.isUnfit ||= !isPlain;
      seen.isInLoop ||= inLoop;
      if (seen.declared < 0) seen.declared = identifier.pos;
    });
  }

  /** A function, a class, an import and the like: never a local variable of the cell. */
  #declareOther({ name: identifier }: NamedDeclaration): void {
    const name = identifier && ts.isIdentifier(identifier) ? this.nameOf(identifier) : undefined;
    if (name !== undefined) this.#of(name).isUnfit = true;
  }

  #noteHead({ initializer }: ts.ForStatement): void {
    if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return;
    const names = initializer.declarations.map(({ name }) => (ts.isIdentifier(name) ? (this.nameOf(name) ?? '') : ''));
    if (names.some((name) => name !== '')) this.#heads.push(names);
  }

  #of(name: string): Seen {
    let seen = this.#seen.get(name);
    if (seen === undefined) {
      this.#seen.set(name, (seen = { declared: -1, first: Infinity, isInLoop: false, isUnfit: false }));
    }
    return seen;
  }
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
  // The default of a pattern, `[a = 1] = list`, is not an assignment.
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

type NamedDeclaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.ModuleDeclaration
  | ts.EnumDeclaration
  | ts.ImportClause
  | ts.NamespaceImport
  | ts.ImportSpecifier
  | ts.ImportEqualsDeclaration;

const isNamedDeclaration = (node: ts.Node): node is NamedDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  isModuleOrEnum(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportEqualsDeclaration(node);
