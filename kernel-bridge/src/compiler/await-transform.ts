import type * as TypeScript from '@tslab/typescript-for-tslab';

type Compiler = typeof TypeScript;

/** Where the functions lie that `await` and `for await` go through: an object that tslab makes global. */
const HOLDER = '__tslab__';

/** Compiles `await x` to `await __tslab__.wait(x)` and `for await (… of x)` to `… of __tslab__.each(x)`, so that a cell can be stopped. */
export function awaitTransform(ts: Compiler): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory } = ts;
  const through = (name: string, expression: TypeScript.Expression): TypeScript.Expression => {
    const callee = factory.createPropertyAccessExpression(factory.createIdentifier(HOLDER), name);
    return ts.setTextRange(factory.createCallExpression(callee, undefined, [expression]), expression);
  };
  return (context) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      if (ts.isAwaitExpression(visited))
        return factory.updateAwaitExpression(visited, through('wait', visited.expression));
      if (ts.isForOfStatement(visited) && visited.awaitModifier !== undefined) {
        const { awaitModifier, initializer, expression, statement } = visited;
        return factory.updateForOfStatement(
          visited,
          awaitModifier,
          initializer,
          through('each', expression),
          statement,
        );
      }
      return visited;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}
