import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';

/** Something that a package offers, with its docstring. */
export interface PublicName {
  /** E.g. `Dataset.map`. */
  name: string;
  kind: 'function' | 'class' | 'method' | 'value' | 'type';
  /** The docstring without its tags; empty where there is none. */
  text: string;
  /** Null where the docstring has none. */
  example: string | null;
}

/**
 * All that a module exports, types too, with the public methods of its classes and objects, inherited ones among them.
 */
export function publicNames(file: string): PublicName[] {
  const program = ts.createProgram([file], {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const found = new Map<string, PublicName>();
  const add = (name: string, kind: PublicName['kind'], symbol: ts.Symbol): void => {
    const tags = symbol.getJsDocTags(checker);
    if (tags.some((tag) => tag.name === 'internal')) return;
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    const example = tags.find((tag) => tag.name === 'example');
    found.set(name, {
      name,
      kind,
      text,
      example: example === undefined ? null : ts.displayPartsToString(example.text),
    });
  };
  const addMembers = (owner: string, type: ts.Type): void => {
    for (const member of type.getProperties()) {
      const declaration = member.declarations?.find(isMethod);
      if (declaration === undefined || !ts.isIdentifier(declaration.name)) continue;
      if (ts.getCombinedModifierFlags(declaration) & HIDDEN) continue;
      add(`${owner}.${member.name}`, 'method', member);
    }
  };
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const { name } = exported;
    if (symbol.flags & ts.SymbolFlags.Function) add(name, 'function', symbol);
    else if (symbol.flags & ts.SymbolFlags.Class) {
      add(name, 'class', symbol);
      addMembers(name, checker.getDeclaredTypeOfSymbol(symbol));
      addMembers(name, checker.getTypeOfSymbol(symbol));
    } else if (symbol.flags & ts.SymbolFlags.Variable) {
      add(name, 'value', symbol);
      addMembers(name, checker.getTypeOfSymbol(symbol));
    } else add(name, 'type', symbol);
  }
  return [...found.values()];
}

const isMethod = (node: ts.Node): node is ts.MethodDeclaration | ts.GetAccessorDeclaration =>
  ts.isMethodDeclaration(node) || ts.isGetAccessor(node);

const HIDDEN = ts.ModifierFlags.Protected | ts.ModifierFlags.Private;

/** The files that an example names in its first comments: `// poem.txt: one\ntwo`. */
export function filesOf(code: string): [path: string, content: string][] {
  return [...code.matchAll(/^\/\/ ([\w./-]+\.\w+): (.*)$/gm)].map(([, path, content]) => [
    path!,
    content!.replaceAll('\\n', '\n'),
  ]);
}

/** Runs an example; the comment after an expression must be its value. Returns how many values were compared. */
export async function runExample(code: string, names: { [name: string]: unknown }): Promise<number> {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  let compared = 0;
  const check = (actual: unknown, expected: () => unknown, text: string): void => {
    compared++;
    if (!isDeepStrictEqual(actual, expected()))
      throw new Error(`the example says ${text}, but it is ${JSON.stringify(actual)}`);
  };
  const lines = source.statements.map((statement) => {
    const text = statement.getText();
    if (ts.isExportAssignment(statement)) return `${statement.expression.getText()};`;
    const comment = /^[ \t]*\/\/ (.+)/.exec(code.slice(statement.end))?.[1];
    if (comment === undefined || !ts.isExpressionStatement(statement)) return text;
    const expression = statement.expression.getText();
    return `__check(${expression}, () => (${comment}), ${JSON.stringify(comment)});`;
  });
  const { outputText } = ts.transpileModule(lines.join('\n'), { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction('__check', ...Object.keys(names), outputText)(check, ...Object.values(names));
  return compared;
}
