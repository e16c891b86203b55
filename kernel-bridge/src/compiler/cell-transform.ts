import ts = require('typescript');
import { held } from './await-transform';
import { isAnonymous, named } from './function-names';
import { anonymous, withoutExport } from './module-declarations';
import { isAmbient, isAssignmentOperator, isDirective, isStep, lastExpression, NAMING } from './statement-kinds';
import { bare } from './typescript';
import { forEachName, isReference, type NameOf, type Usage } from './usage';

const { factory } = ts;

export interface CellTransform {
  nameOf: NameOf;
  usage: Pick<Usage, 'traceable'>;
  /** Put before a name to get that of its box. */
  prefix: string;
  /** Whether a declared name stands for a value at run time. */
  hasValue(identifier: ts.Identifier): boolean;
  /** Called once the cell has been transformed. */
  onEnd(found: { hasResult: boolean; vars: string[] }): void;
}

/**
 * Makes the top-level names of a cell live: `limit` becomes `$limit.limit`, a property of the box that all cells share.
 *
 * Variables are assigned where they are declared. Functions, classes, enums and namespaces are declared as they stand
 * and then put into their box, functions at the cell's start. What a cell imports or exports is left out: the kernel
 * imports before the cell runs. A variable that loops use a lot (`usage.traceable`) stays a local variable, and each
 * write goes to its box as well.
 */
export function cellTransform(options: CellTransform): ts.TransformerFactory<ts.SourceFile> {
  const { nameOf, usage, prefix, hasValue, onEnd } = options;

  return (context) => {
    /** Functions that the cell declares. */
    const hoisted: ts.Statement[] = [];
    const vars = new Set<string>();
    let functionDepth = 0;

    const box = (name: string, at: ts.Node): ts.PropertyAccessExpression => {
      const access = factory.createPropertyAccessExpression(factory.createIdentifier(prefix + name), name);
      return ts.setTextRange(access, at);
    };
    const put = (name: string, value: ts.Expression, at: ts.Node): ts.Statement =>
      ts.setTextRange(factory.createExpressionStatement(factory.createAssignment(box(name, at), value)), at);
    /** The name of an identifier that must be looked up in its box. */
    const boxed = (node: ts.Expression): string | undefined => {
      if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
      const name = nameOf(node);
      if (name === undefined || (functionDepth === 0 && usage.traceable.has(name))) return undefined;
      return isInOwnDeclaration(node, name) ? undefined : name;
    };
    /** The name of a local variable of the cell, whose box is written, too. */
    const followed = (node: ts.Expression): string | undefined => {
      if (!ts.isIdentifier(node) || functionDepth > 0) return undefined;
      const name = nameOf(node);
      return name !== undefined && usage.traceable.has(name) ? name : undefined;
    };
    const expression = (node: ts.Expression): ts.Expression => ts.visitNode(node, visit, ts.isExpression)!;

    /** A value that gets the name of what it is assigned to, as functions and classes without a name do. */
    const valueFor = (name: string, value: ts.Expression): ts.Expression => {
      const visited = expression(value);
      return isAnonymous(value) ? named(name, visited) : visited;
    };

    /** Without a `this`: that of a property's call would be its box. */
    const callee = (node: ts.Expression, visited: ts.Expression): ts.Expression => {
      const inner = bare(node);
      const name = boxed(inner);
      if (name === undefined) return visited;
      // V8 takes the end of the parentheses for the place of the call; it is to be the start of the name.
      const access = ts.setEmitFlags(box(name, inner), ts.EmitFlags.NoTrailingSourceMap);
      const sequence = factory.createComma(factory.createNumericLiteral(0), access);
      const made = ts.setTextRange(factory.createParenthesizedExpression(sequence), node);
      return ts.setEmitFlags(made, ts.EmitFlags.NoTrailingSourceMap);
    };

    const call = (node: ts.CallExpression): ts.Expression => {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const load = held('import');
        const args = ts.visitNodes(node.arguments, visit, ts.isExpression);
        return ts.setTextRange(factory.createCallExpression(load, undefined, args), node);
      }
      const visited = ts.visitEachChild(node, visit, context);
      const called = callee(node.expression, visited.expression);
      return ts.isCallChain(visited)
        ? factory.updateCallChain(visited, called, visited.questionDotToken, visited.typeArguments, visited.arguments)
        : factory.updateCallExpression(visited, called, visited.typeArguments, visited.arguments);
    };

    const assignment = (node: ts.BinaryExpression): ts.Expression => {
      const name = ts.isIdentifier(node.left) ? nameOf(node.left) : undefined;
      if (name === undefined || !NAMING.has(node.operatorToken.kind)) return write(node.left, plain(node));
      const right = valueFor(name, node.right);
      return write(node.left, factory.updateBinaryExpression(node, expression(node.left), node.operatorToken, right));
    };
    const plain = <T extends ts.Expression>(node: T): T => ts.visitEachChild(node, visit, context);
    /** A write to `target`, which also goes to the box where that is a local variable. */
    const write = (target: ts.Expression, node: ts.Expression): ts.Expression => {
      const name = followed(target);
      return name === undefined
        ? node
        : factory.createParenthesizedExpression(factory.createAssignment(box(name, target), node));
    };
    const unary = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): ts.Expression => {
      const name = followed(node.operand);
      if (name === undefined || !isStep(node.operator)) return plain(node);
      return write(
        node.operand,
        ts.setTextRange(factory.createPrefixUnaryExpression(node.operator, node.operand), node),
      );
    };

    /** What a pattern of a declaration assigns to. */
    const target = (name: ts.BindingName): ts.Expression => {
      if (ts.isIdentifier(name)) return box(nameOf(name)!, name);
      const made = ts.isArrayBindingPattern(name)
        ? factory.createArrayLiteralExpression(
            name.elements.map((element) =>
              ts.isOmittedExpression(element)
                ? element
                : element.dotDotDotToken === undefined
                  ? withDefault(element)
                  : factory.createSpreadElement(target(element.name)),
            ),
          )
        : factory.createObjectLiteralExpression(
            name.elements.map((element) =>
              element.dotDotDotToken === undefined
                ? factory.createPropertyAssignment(propertyOf(element), withDefault(element))
                : factory.createSpreadAssignment(target(element.name)),
            ),
          );
      return ts.setTextRange(made, name);
    };
    const propertyOf = ({ propertyName, name }: ts.BindingElement): ts.PropertyName =>
      propertyName === undefined
        ? factory.createIdentifier((name as ts.Identifier).text)
        : ts.visitNode(propertyName, visit, ts.isPropertyName)!;
    const withDefault = ({ name, initializer }: ts.BindingElement): ts.Expression => {
      const place = target(name);
      if (initializer === undefined) return place;
      const value = ts.isIdentifier(name) ? valueFor(nameOf(name)!, initializer) : expression(initializer);
      return factory.createAssignment(place, value);
    };

    const isTopLevel = ({ declarations }: ts.VariableDeclarationList): boolean => {
      let is = false;
      for (const { name } of declarations) forEachName(name, (identifier) => (is ||= nameOf(identifier) !== undefined));
      return is;
    };
    /** The assignment in place of a declaration; undefined where it has none. */
    const assigned = (
      declaration: ts.VariableDeclaration,
      list: ts.VariableDeclarationList,
    ): ts.Expression | undefined => {
      const { name, initializer } = declaration;
      if ((list.flags & ts.NodeFlags.BlockScoped) === 0) {
        forEachName(name, (identifier) => vars.add(nameOf(identifier)!));
      }
      if (initializer === undefined) {
        const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
        return isVar ? undefined : factory.createAssignment(target(name), factory.createVoidZero());
      }
      const value = ts.isIdentifier(name) ? valueFor(nameOf(name)!, initializer) : expression(initializer);
      return ts.setTextRange(factory.createAssignment(target(name), value), declaration);
    };
    const isFollowed = ({ name }: ts.VariableDeclaration): boolean =>
      ts.isIdentifier(name) && followed(name) !== undefined;
    const local = (
      declaration: ts.VariableDeclaration,
      list: ts.VariableDeclarationList,
    ): ts.VariableDeclarationList => {
      const { name } = declaration;
      const copy = factory.createVariableDeclaration(name, undefined, undefined, assigned(declaration, list));
      ts.setTextRange(copy, declaration);
      return factory.createVariableDeclarationList([copy], list.flags & ts.NodeFlags.BlockScoped);
    };

    const variables = (node: ts.VariableStatement): ts.VisitResult<ts.Node | undefined> => {
      const list = node.declarationList;
      if (isAmbient(node)) return undefined;
      if (!isTopLevel(list)) return factory.updateVariableStatement(node, node.modifiers, plainList(list));
      const statements = list.declarations.flatMap((declaration): ts.Statement[] => {
        if (isFollowed(declaration)) return [factory.createVariableStatement(undefined, local(declaration, list))];
        const made = assigned(declaration, list);
        return made === undefined ? [] : [factory.createExpressionStatement(made)];
      });
      if (statements[0] !== undefined) ts.setTextRange(statements[0], node);
      // A `var` may be all of a branch.
      return ts.isBlock(node.parent) || ts.isSourceFile(node.parent) || ts.isCaseOrDefaultClause(node.parent)
        ? statements
        : factory.createBlock(statements);
    };
    const plainList = (list: ts.VariableDeclarationList): ts.VariableDeclarationList =>
      ts.visitEachChild(list, visit, context);

    /** The declarations of a loop's head. */
    const head = (list: ts.VariableDeclarationList): ts.ForInitializer | undefined => {
      if (!isTopLevel(list)) return plainList(list);
      if (list.declarations.every(isFollowed)) {
        const [first, ...rest] = list.declarations.map((one) => local(one, list).declarations[0]!);
        return factory.createVariableDeclarationList([first!, ...rest], list.flags & ts.NodeFlags.BlockScoped);
      }
      const parts = list.declarations.flatMap((declaration) => assigned(declaration, list) ?? []);
      return parts.length === 0 ? undefined : parts.reduce((all, part) => factory.createComma(all, part));
    };
    const eachHead = (list: ts.VariableDeclarationList): ts.ForInitializer => {
      if (!isTopLevel(list)) return plainList(list);
      const { name } = list.declarations[0]!;
      forEachName(name, (identifier) => vars.add(nameOf(identifier)!));
      return target(name);
    };
    const loop = (node: ts.ForStatement | ts.ForOfStatement | ts.ForInStatement): ts.Statement => {
      const { initializer } = node;
      if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return plainStatement(node);
      const body = ts.visitIterationBody(node.statement, visit, context);
      if (ts.isForStatement(node)) {
        const [condition, increment] = [node.condition, node.incrementor].map((part) => part && expression(part));
        return factory.updateForStatement(node, head(initializer), condition, increment, body);
      }
      const each = eachHead(initializer);
      return ts.isForInStatement(node)
        ? factory.updateForInStatement(node, each, expression(node.expression), body)
        : factory.updateForOfStatement(node, node.awaitModifier, each, expression(node.expression), body);
    };
    const plainStatement = <T extends ts.Statement>(node: T): T => ts.visitEachChild(node, visit, context);

    const inFunction = <T extends ts.Node>(node: T): T => {
      functionDepth++;
      try {
        return ts.visitEachChild(node, visit, context);
      } finally {
        functionDepth--;
      }
    };

    const visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node;
      if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return node;
      if (ts.isIdentifier(node)) {
        const name = boxed(node);
        return name === undefined ? node : box(name, node);
      }
      if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
      if (ts.isCallExpression(node)) return call(node);
      if (ts.isTaggedTemplateExpression(node)) {
        const visited = plain(node);
        const tag = callee(node.tag, visited.tag);
        return factory.updateTaggedTemplateExpression(visited, tag, visited.typeArguments, visited.template);
      }
      if (ts.isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) return assignment(node);
      if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return unary(node);
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
        return held('meta');
      }
      if (ts.isVariableStatement(node)) return variables(node);
      if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) return loop(node);
      const isInner = ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node);
      return isInner || ts.isEnumDeclaration(node) ? inFunction(node) : ts.visitEachChild(node, visit, context);
    };

    const shorthand = (node: ts.ShorthandPropertyAssignment): ts.ObjectLiteralElementLike => {
      const name = boxed(node.name);
      if (name === undefined) return ts.visitEachChild(node, visit, context);
      const fallback = node.objectAssignmentInitializer;
      const place = box(name, node.name);
      const value = fallback === undefined ? place : factory.createAssignment(place, valueFor(name, fallback));
      return ts.setTextRange(factory.createPropertyAssignment(node.name.text, value), node);
    };

    /** A statement of the cell itself. */
    const topLevel = (node: ts.Statement): ts.Statement[] => {
      if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node) || ts.isExportDeclaration(node)) {
        return ts.isImportEqualsDeclaration(node) && !ts.isExternalModuleReference(node.moduleReference)
          ? alias(node, node.moduleReference)
          : [];
      }
      if (ts.isExportAssignment(node)) return [factory.createExpressionStatement(expression(node.expression))];
      const isDeclaration =
        ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isEnumDeclaration(node) ||
        ts.isModuleDeclaration(node);
      const statements = [...ts.visitNodes(factory.createNodeArray([node]), visit, ts.isStatement)];
      if (!isDeclaration) return statements;
      if (isAmbient(node)) return statements;
      const [declared] = statements;
      if (node.name === undefined) return [anonymous(declared as ts.FunctionDeclaration | ts.ClassDeclaration)];
      const bare = withoutExport(declared!);
      if (!ts.isIdentifier(node.name)) return [bare];
      const name = nameOf(node.name);
      if (name === undefined || !hasValue(node.name)) return [bare];
      const value = factory.createIdentifier(node.name.text);
      if (!ts.isFunctionDeclaration(node)) return [bare, put(name, value, node.name)];
      if (node.body !== undefined) hoisted.push(put(name, value, node.name));
      return [bare];
    };

    /** `import Short = Long.Name`. */
    const alias = (node: ts.ImportEqualsDeclaration, from: ts.EntityName): ts.Statement[] => {
      const name = nameOf(node.name);
      if (name === undefined || node.isTypeOnly || !hasValue(node.name)) return [];
      return [put(name, entity(from), node)];
    };
    const entity = (name: ts.EntityName): ts.Expression => {
      if (ts.isQualifiedName(name)) return factory.createPropertyAccessExpression(entity(name.left), name.right.text);
      const known = nameOf(name);
      return known === undefined ? factory.createIdentifier(name.text) : box(known, name);
    };

    return (file) => {
      const statements = file.statements.map(topLevel);
      const last = lastExpression(file.statements);
      const hasResult = last >= 0;
      if (hasResult) {
        const { expression: value } = statements[last]![0] as ts.ExpressionStatement;
        const result = held('result');
        const statement = factory.createExpressionStatement(factory.createAssignment(result, value));
        statements[last] = [ts.setTextRange(statement, file.statements[last])];
      }
      onEnd({ hasResult, vars: [...vars] });
      const prologue = file.statements.findIndex((one) => !isDirective(one));
      const start = prologue < 0 ? file.statements.length : prologue;
      const made = [...statements.slice(0, start).flat(), ...hoisted, ...statements.slice(start).flat()];
      return factory.updateSourceFile(file, ts.setTextRange(factory.createNodeArray(made), file.statements));
    };

    /** The name of a class, an enum or a namespace within itself is its own, as in JavaScript. */
    function isInOwnDeclaration(node: ts.Identifier, name: string): boolean {
      if (functionDepth === 0) return false;
      let at: ts.Node = node;
      while (!ts.isSourceFile(at.parent)) at = at.parent;
      return (
        (ts.isClassDeclaration(at) || ts.isEnumDeclaration(at) || ts.isModuleDeclaration(at)) && at.name?.text === name
      );
    }
  };
}
