import ts = require('typescript');
import { bare, isAssignmentTarget } from './typescript';
import type { NameOf } from './usage';

/** How a cell depends on others by top-level names, those of types included. */
export interface CellNames {
  declares: string[];
  /** Those of other cells that it mentions. */
  refers: string[];
  /**
   * Those of other cells that it assigns to, or whose values it may change: by an assignment to a member, or a call
   * made for its effect.
   */
  changes: string[];
  /** What it does no name tells of: it imports for effect, or changes a global. */
  hasEffects: boolean;
}

/** Reads a cell. `declares`: its own top-level names; `importsForEffect`: it imports a module and none of its names. */
export function cellNames(
  file: ts.SourceFile,
  nameOf: NameOf,
  declares: readonly string[],
  importsForEffect: boolean,
): CellNames {
  const refers = new Set<string>();
  const changes = new Set<string>();
  let hasEffects = importsForEffect;
  /** `changed`: what stands here may be changed by the statement around it. */
  const visit = (node: ts.Node, changed: boolean): void => {
    if (ts.isIdentifier(node)) {
      const name = nameOf(node);
      if (name !== undefined) refers.add(name);
      const root = rootOf(node);
      const isWritten = changed || isAssignmentTarget(root) || ts.isDeleteExpression(root.parent);
      if (!isWritten) return;
      if (name !== undefined) changes.add(name);
      else if (isGlobalObject(node)) hasEffects = true;
      return;
    }
    const inner = ts.isExpressionStatement(node) ? isCall(node.expression) : changed && !ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(file, false);
  const own = new Set(declares);
  const others = (names: ReadonlySet<string>): string[] => [...names].filter((name) => !own.has(name)).sort();
  return { declares: [...own].sort(), refers: others(refers), changes: others(changes), hasEffects };
}

/** `a.b[0]` for the `a` in it: the longest chain of members that begins with an identifier. */
function rootOf(identifier: ts.Identifier): ts.Expression {
  let at: ts.Expression = identifier;
  for (;;) {
    const { parent } = at;
    const isMember =
      (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === at;
    if (!isMember && (!ts.isExpression(parent) || bare(parent) !== bare(at))) return at;
    at = parent as ts.Expression;
  }
}

/** A statement that is a call, awaited or not, is there for its effect. */
function isCall(expression: ts.Expression): boolean {
  const inner = bare(expression);
  if (ts.isAwaitExpression(inner)) return isCall(inner.expression);
  return ts.isCallExpression(inner) || ts.isNewExpression(inner);
}

const isGlobalObject = ({ text, parent }: ts.Identifier): boolean =>
  ['globalThis', 'global', 'process'].includes(text) &&
  !(ts.isPropertyAccessExpression(parent) && parent.name.text === text);
