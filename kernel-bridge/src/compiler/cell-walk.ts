import type ts = require('typescript');
import type { Boxes } from './boxes';

/** One pass over a cell, as the rewriting of its parts sees it. */
export interface CellWalk {
  readonly boxes: Boxes;
  /** Names that the cell declares by `var`. */
  readonly vars: Set<string>;
  readonly context: ts.TransformationContext;
  /** Rewrites a node. */
  visit(node: ts.Node): ts.VisitResult<ts.Node | undefined>;
  /** Rewrites an expression. */
  expression(node: ts.Expression): ts.Expression;
  /** Rewrites the children of a node, which itself stays. */
  children<T extends ts.Node>(node: T): T;
  /** A value that gets the name of what it is assigned to, as functions and classes without a name do. */
  valueFor(name: string, value: ts.Expression): ts.Expression;
}
