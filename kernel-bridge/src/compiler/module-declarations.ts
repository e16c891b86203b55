/** Declarations of a module as they stand in code that is none. */
import ts = require('typescript');

const { factory } = ts;

/** `export default function () {}`: nobody can name it; a class may do something when it is declared. */
export function anonymous(node: ts.FunctionDeclaration | ts.ClassDeclaration): ts.Statement {
  if (ts.isFunctionDeclaration(node)) return factory.createEmptyStatement();
  const { typeParameters, heritageClauses, members } = node;
  const made = factory.createClassExpression(undefined, undefined, typeParameters, heritageClauses, members);
  return factory.createExpressionStatement(factory.createParenthesizedExpression(made));
}

/** `export` and `default` are left out. */
export function withoutExport(node: ts.Statement): ts.Statement {
  const isKept = (modifier: ts.ModifierLike): boolean =>
    modifier.kind !== ts.SyntaxKind.ExportKeyword && modifier.kind !== ts.SyntaxKind.DefaultKeyword;
  if (ts.isFunctionDeclaration(node)) {
    const { asteriskToken, name, typeParameters, parameters, type, body } = node;
    const modifiers = node.modifiers?.filter(isKept);
    return factory.updateFunctionDeclaration(
      node,
      modifiers,
      asteriskToken,
      name,
      typeParameters,
      parameters,
      type,
      body,
    );
  }
  if (ts.isClassDeclaration(node)) {
    const { name, typeParameters, heritageClauses, members } = node;
    const modifiers = node.modifiers?.filter(isKept);
    return factory.updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
  }
  if (ts.isEnumDeclaration(node)) {
    const modifiers = node.modifiers?.filter((one): one is ts.Modifier => isKept(one));
    return factory.updateEnumDeclaration(node, modifiers, node.name, node.members);
  }
  if (ts.isModuleDeclaration(node)) {
    return factory.updateModuleDeclaration(node, node.modifiers?.filter(isKept), node.name, node.body);
  }
  return node;
}
