import ts = require('typescript');
import { awaitTransform, held } from '../compiler/await-transform';

/** What stands for `import.meta` in a file that is compiled to CommonJS. */
export const META = '__importMeta';

export interface CompiledFile {
  code: string;
  sourceMap: string;
}

/** Compiles a file that a cell imports to CommonJS: with awaits that can be stopped, `import()` and `import.meta`. */
export function compileFile(fileName: string, text: string, options: ts.CompilerOptions): CompiledFile {
  const { outputText, sourceMapText = '' } = ts.transpileModule(text, {
    // Some endings would stand for a kind of module.
    fileName: fileName.replace(/\.[cm]([jt]s)$/, '.$1'),
    compilerOptions: {
      ...options,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      customConditions: undefined,
      isolatedModules: true,
    },
    transformers: { before: [importTransform], after: [awaitTransform] },
  });
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), sourceMap: sourceMapText };
}

/** Whether a file waits outside of its functions, which a CommonJS module cannot. */
export function hasTopLevelAwait(fileName: string, text: string): boolean {
  if (!/\bawait\b/.test(text)) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
    return ts.forEachChild(node, visit) === true;
  };
  return visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest));
}

const importTransform: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = ts;
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return factory.createIdentifier(META);
    const visited = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(visited) || visited.expression.kind !== ts.SyntaxKind.ImportKeyword) return visited;
    const [specifier = factory.createVoidZero()] = visited.arguments;
    const from = factory.createIdentifier('__filename');
    return ts.setTextRange(factory.createCallExpression(held('import'), undefined, [specifier, from]), node);
  };
  return (file) => ts.visitEachChild(file, visit, context);
};
