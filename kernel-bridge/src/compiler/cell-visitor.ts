import ts = require('typescript');
import { held } from './await-transform';
import type { Boxes } from './boxes';
import { assignment, call, shorthand, taggedTemplate, unary } from './cell-expressions';
import { loop, variables } from './cell-variables';
import type { CellWalk } from './cell-walk';
import { isAnonymous, named } from './function-names';
import { isAssignmentOperator } from './statement-kinds';

/** Rewrites the nodes of one cell. */
export class CellVisitor implements CellWalk {
  readonly vars = new Set<string>();

  constructor(
    readonly context: ts.TransformationContext,
    readonly boxes: Boxes,
  ) {}

  readonly visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
    if (isTypeOnly(node)) return node;
    if (ts.isIdentifier(node)) {
      const name = this.boxes.boxedName(node);
      return name === undefined ? node : this.boxes.access(name, node);
    }
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(this, node);
    if (ts.isCallExpression(node)) return call(this, node);
    if (ts.isTaggedTemplateExpression(node)) return taggedTemplate(this, node);
    if (ts.isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) return assignment(this, node);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(this, node);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return held('meta');
    if (ts.isVariableStatement(node)) return variables(this, node);
    if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) return loop(this, node);
    return isInner(node) ? this.boxes.inFunction(() => this.children(node)) : this.children(node);
  };

  expression(node: ts.Expression): ts.Expression {
    return ts.visitNode(node, this.visit, ts.isExpression)!;
  }

  children<T extends ts.Node>(node: T): T {
    return ts.visitEachChild(node, this.visit, this.context);
  }

  valueFor(name: string, value: ts.Expression): ts.Expression {
    const visited = this.expression(value);
    return isAnonymous(value) ? named(name, visited) : visited;
  }
}

/** What is gone at run time. */
const isTypeOnly = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword);

const isInner = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node) || ts.isEnumDeclaration(node);
