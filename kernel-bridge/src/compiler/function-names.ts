import ts = require('typescript');
import { bare } from './typescript';

const { factory } = ts;

/** Whether JavaScript names it after what it is assigned to. */
export function isAnonymous(node: ts.Expression): boolean {
  const inner = bare(node);
  if (ts.isArrowFunction(inner)) return true;
  return (ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && inner.name === undefined;
}

/**
 * Names a function or class, where it is assigned to a property and would get no name: `{ f: () => 1 }.f` has the name
 * `f`.
 */
export function named(name: string, value: ts.Expression): ts.Expression {
  // `__proto__: value` would be no property.
  const isPlain = name !== '__proto__';
  const key = isPlain ? name : factory.createComputedPropertyName(factory.createStringLiteral(name));
  const holder = factory.createObjectLiteralExpression([factory.createPropertyAssignment(key, value)]);
  return factory.createPropertyAccessExpression(holder, name);
}
