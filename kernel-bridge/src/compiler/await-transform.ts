import ts = require('typescript');

const { factory } = ts;

/** The global object through which the code of cells, and of files that they import, reaches the kernel. */
export const HOLDER = '__stemma__';

/** A property of the holder. */
export const held = (name: string): ts.PropertyAccessExpression =>
  factory.createPropertyAccessExpression(factory.createIdentifier(HOLDER), name);

/**
 * Compiles `await x` to `await __stemma__.wait(x)`, so that a cell can be stopped, and `for await (… of x) body` to
 * `for await (… of loop = __stemma__.each(x)) try { body } catch (error) { throw __stemma__.threw(loop, error); }`:
 * JavaScript tells no iterator whether its loop was left by `break` or since its body threw.
 */
export const awaitTransform: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const through = (name: string, expression: ts.Expression): ts.Expression =>
    ts.setTextRange(factory.createCallExpression(held(name), undefined, [expression]), expression);
  const loop = (node: ts.ForOfStatement): ts.ForOfStatement => {
    const { awaitModifier, initializer, expression, statement } = node;
    const name = factory.createTempVariable(context.hoistVariableDeclaration);
    const each = factory.createAssignment(name, through('each', expression));
    const head = ts.setTextRange(each, expression);
    return factory.updateForOfStatement(node, awaitModifier, initializer, head, watched(name, statement));
  };
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(visited)) {
      return factory.updateAwaitExpression(visited, through('wait', visited.expression));
    }
    return ts.isForOfStatement(visited) && visited.awaitModifier !== undefined ? loop(visited) : visited;
  };
  return (file) => ts.visitEachChild(file, visit, context);
};

/** A loop's body that says what it throws. */
function watched(loop: ts.Identifier, body: ts.Statement): ts.Statement {
  const error = factory.createUniqueName('error');
  const told = factory.createCallExpression(held('threw'), undefined, [loop, error]);
  const handler = factory.createCatchClause(error, factory.createBlock([factory.createThrowStatement(told)]));
  const block = ts.isBlock(body) ? body : ts.setTextRange(factory.createBlock([body]), body);
  return ts.setTextRange(factory.createBlock([factory.createTryStatement(block, handler, undefined)]), body);
}
