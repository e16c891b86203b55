/** The statements at the top of a cell: what they declare goes into boxes, imports and exports are left out. */
import ts = require('typescript');
import type { CellWalk } from './cell-walk';
import { anonymous, withoutExport } from './module-declarations';
import { isAmbient } from './statement-kinds';

const { factory } = ts;

export class CellStatements {
  /** Puts the functions of the cell into their boxes, at its start. */
  readonly hoisted: ts.Statement[] = [];

  /** `hasValue`: whether a declared name stands for a value at run time. */
  constructor(
    private readonly walk: CellWalk,
    private readonly hasValue: (identifier: ts.Identifier) => boolean,
  ) {}

  rewrite(node: ts.Statement): ts.Statement[] {
    if (ts.isImportEqualsDeclaration(node)) {
      return ts.isExternalModuleReference(node.moduleReference) ? [] : this.#alias(node, node.moduleReference);
    }
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return [];
    if (ts.isExportAssignment(node)) {
      return [factory.createExpressionStatement(this.walk.expression(node.expression))];
    }
    const statements = [
      ...ts.visitNodes(factory.createNodeArray([node]), (one) => this.walk.visit(one), ts.isStatement),
    ];
    return isDeclaration(node) && !isAmbient(node) ? this.#declaration(node, statements[0]!) : statements;
  }

  /** A declaration, followed by what puts its value into its box. */
  #declaration(node: Declaration, visited: ts.Statement): ts.Statement[] {
    if (node.name === undefined) return [anonymous(visited as ts.FunctionDeclaration | ts.ClassDeclaration)];
    const bare = withoutExport(visited);
    const name = ts.isIdentifier(node.name) ? this.#valueName(node.name) : undefined;
    if (name === undefined) return [bare];
    const put = this.walk.boxes.put(name, factory.createIdentifier(node.name.text), node.name);
    if (!ts.isFunctionDeclaration(node)) return [bare, put];
    if (node.body !== undefined) this.hoisted.push(put);
    return [bare];
  }

  /** `import Short = Long.Name`. */
  #alias(node: ts.ImportEqualsDeclaration, from: ts.EntityName): ts.Statement[] {
    const name = node.isTypeOnly ? undefined : this.#valueName(node.name);
    return name === undefined ? [] : [this.walk.boxes.put(name, this.#entity(from), node)];
  }

  #entity(name: ts.EntityName): ts.Expression {
    if (ts.isQualifiedName(name)) {
      return factory.createPropertyAccessExpression(this.#entity(name.left), name.right.text);
    }
    const known = this.walk.boxes.nameOf(name);
    return known === undefined ? factory.createIdentifier(name.text) : this.walk.boxes.access(known, name);
  }

  /** The top-level name of an identifier that stands for a value. */
  #valueName(identifier: ts.Identifier): string | undefined {
    return this.hasValue(identifier) ? this.walk.boxes.nameOf(identifier) : undefined;
  }
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration;

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isModuleDeclaration(node);
