import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';

/** An example from a docstring. */
export interface DocExample {
  /** What it documents, e.g. `Dataset.map`. */
  name: string;
  /** Null where the docstring has none. */
  code: string | null;
}

/** Every exported function, value and class of a file, and every public method, with its example. */
export function docExamples(file: string): DocExample[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: DocExample[] = [];
  const add = (name: string, node: ts.Node): void => {
    const tags = ts.getJSDocTags(node);
    if (tags.some((tag) => tag.tagName.text === 'internal')) return;
    const example = tags.find((tag) => tag.tagName.text === 'example');
    found.push({ name, code: example === undefined ? null : (ts.getTextOfJSDocComment(example.comment) ?? '') });
  };
  for (const statement of source.statements) {
    const exported = ts.canHaveModifiers(statement) && statement.modifiers?.some(isExport);
    if (!exported) continue;
    if (ts.isVariableStatement(statement)) add(statement.declarationList.declarations[0]!.name.getText(), statement);
    if (ts.isFunctionDeclaration(statement) && statement.name) add(statement.name.text, statement);
    if (!ts.isClassDeclaration(statement) || !statement.name) continue;
    const owner = statement.name.text;
    if (ts.getJSDocTags(statement).some((tag) => tag.tagName.text === 'example')) add(owner, statement);
    const documented = new Set<string>();
    for (const member of statement.members) {
      if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member)) continue;
      if (!ts.isIdentifier(member.name) || documented.has(member.name.text)) continue;
      if (member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ProtectedKeyword)) continue;
      // Of overloads the first has the docstring.
      documented.add(member.name.text);
      add(`${owner}.${member.name.text}`, member);
    }
  }
  return found;
}

const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;

/** The files that an example names in its first comments: `// poem.txt: one\ntwo`. */
export function filesOf(code: string): [path: string, content: string][] {
  return [...code.matchAll(/^\/\/ ([\w./-]+\.\w+): (.*)$/gm)].map(([, path, content]) => [
    path!,
    content!.replaceAll('\\n', '\n'),
  ]);
}

/** Runs an example; what a comment behind an expression says must be its value. Answers how many values were compared. */
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
