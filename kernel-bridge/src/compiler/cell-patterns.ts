/** The patterns of declarations, `{ a, ...rest }`, as targets of assignments. */
import ts = require('typescript');
import type { CellWalk } from './cell-walk';

const { factory } = ts;

/** What a declaration of `name` assigns to. */
export function target(walk: CellWalk, name: ts.BindingName): ts.Expression {
  if (ts.isIdentifier(name)) return walk.boxes.access(walk.boxes.nameOf(name)!, name);
  const made = ts.isArrayBindingPattern(name)
    ? factory.createArrayLiteralExpression(name.elements.map((element) => item(walk, element)))
    : factory.createObjectLiteralExpression(name.elements.map((element) => property(walk, element)));
  return ts.setTextRange(made, name);
}

/** The value that a declaration or a default gives to `name`. */
export function valueOf(walk: CellWalk, name: ts.BindingName, value: ts.Expression): ts.Expression {
  return ts.isIdentifier(name) ? walk.valueFor(walk.boxes.nameOf(name)!, value) : walk.expression(value);
}

function item(walk: CellWalk, element: ts.ArrayBindingElement): ts.Expression {
  if (ts.isOmittedExpression(element)) return element;
  return element.dotDotDotToken === undefined
    ? withDefault(walk, element)
    : factory.createSpreadElement(target(walk, element.name));
}

function property(walk: CellWalk, element: ts.BindingElement): ts.ObjectLiteralElementLike {
  return element.dotDotDotToken === undefined
    ? factory.createPropertyAssignment(propertyName(walk, element), withDefault(walk, element))
    : factory.createSpreadAssignment(target(walk, element.name));
}

function propertyName(walk: CellWalk, { propertyName, name }: ts.BindingElement): ts.PropertyName {
  return propertyName === undefined
    ? factory.createIdentifier((name as ts.Identifier).text)
    : ts.visitNode(propertyName, (node) => walk.visit(node), ts.isPropertyName)!;
}

function withDefault(walk: CellWalk, { name, initializer }: ts.BindingElement): ts.Expression {
  const place = target(walk, name);
  return initializer === undefined ? place : factory.createAssignment(place, valueOf(walk, name, initializer));
}
