import ts = require('typescript');
import { isReference, type NameOf, type Usage } from './usage';

const { factory } = ts;

/** Which names of a cell are top-level names, and how their boxes are called. */
export interface BoxNames {
  nameOf: NameOf;
  usage: Pick<Usage, 'traceable'>;
  /** Put before a name to get that of its box. */
  prefix: string;
}

/**
 * The boxes that hold the top-level names of all cells: `limit` is `$limit.limit`.
 *
 * A variable that loops use a lot (`usage.traceable`) is a local variable in the cell's own code, and each write goes
 * to its box as well.
 */
export class Boxes {
  #functionDepth = 0;

  constructor(private readonly names: BoxNames) {}

  get nameOf(): NameOf {
    return this.names.nameOf;
  }

  /** The property that holds a name's value, in place of `at`. */
  access(name: string, at: ts.Node): ts.PropertyAccessExpression {
    const box = factory.createIdentifier(this.names.prefix + name);
    return ts.setTextRange(factory.createPropertyAccessExpression(box, name), at);
  }

  /** The statement that puts a value into a box. */
  put(name: string, value: ts.Expression, at: ts.Node): ts.Statement {
    const assignment = factory.createAssignment(this.access(name, at), value);
    return ts.setTextRange(factory.createExpressionStatement(assignment), at);
  }

  /** The name of an identifier that must be looked up in its box. */
  boxedName(node: ts.Expression): string | undefined {
    if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
    const name = this.nameOf(node);
    if (name === undefined || (this.#functionDepth === 0 && this.#isTraceable(name))) return undefined;
    return this.#isInOwnDeclaration(node, name) ? undefined : name;
  }

  /** The name of a local variable of the cell, whose box is written, too. */
  localName(node: ts.Expression): string | undefined {
    if (!ts.isIdentifier(node) || this.#functionDepth > 0) return undefined;
    const name = this.nameOf(node);
    return name !== undefined && this.#isTraceable(name) ? name : undefined;
  }

  /** Runs `visit` for a function, class or namespace, which cannot see the local variables of the cell. */
  inFunction<T>(visit: () => T): T {
    this.#functionDepth++;
    try {
      return visit();
    } finally {
      this.#functionDepth--;
    }
  }

  #isTraceable(name: string): boolean {
    return this.names.usage.traceable.has(name);
  }

  /** The name of a class, an enum or a namespace within itself is its own, as in JavaScript. */
  #isInOwnDeclaration(node: ts.Identifier, name: string): boolean {
    if (this.#functionDepth === 0) return false;
    let at: ts.Node = node;
    while (!ts.isSourceFile(at.parent)) at = at.parent;
    return (
      (ts.isClassDeclaration(at) || ts.isEnumDeclaration(at) || ts.isModuleDeclaration(at)) && at.name?.text === name
    );
  }
}
