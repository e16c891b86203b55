import ts = require('typescript');

const { factory } = ts;

/** The global object through which the code of cells, and of files that they import, reaches the kernel. */
export const HOLDER = '__stemma__';

/** A property of the holder. */
export const held = (name: string): ts.PropertyAccessExpression =>
  factory.createPropertyAccessExpression(factory.createIdentifier(HOLDER), name);

/** Compiles `await x` to `await __stemma__.wait(x)` and `for await (… of x)` to `… of __stemma__.each(x)`, so that a cell can be stopped. */
export const awaitTransform: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const through = (name: string, expression: ts.Expression): ts.Expression =>
    ts.setTextRange(factory.createCallExpression(held(name), undefined, [expression]), expression);
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(visited)) {
      return factory.updateAwaitExpression(visited, through('wait', visited.expression));
    }
    if (ts.isForOfStatement(visited) && visited.awaitModifier !== undefined) {
      const { awaitModifier, initializer, expression, statement } = visited;
      return factory.updateForOfStatement(visited, awaitModifier, initializer, through('each', expression), statement);
    }
    return visited;
  };
  return (file) => ts.visitEachChild(file, visit, context);
};
