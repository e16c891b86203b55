import type * as TypeScript from '@tslab/typescript-for-tslab';
import type { Converter } from 'tslab/dist/converter';
import type { Compiler } from './hook-compiler';

/**
 * What later cells know of earlier ones: the declarations of their variables, imports and types, as `.d.ts` text.
 *
 * tslab forgets all declarations of a cell that fails. Here those stay that got a value before it did, as in other kernels.
 */
export class Declarations {
  #text = '';
  /** Those of the cell that was compiled last, until it is known how it ended. */
  #compiled: string | null = null;

  constructor(
    private readonly ts: Compiler,
    /** The variables of all cells by name. */
    private readonly values: () => Record<string, unknown>,
  ) {}

  /** Puts these in the place of those that tslab keeps. */
  serve(converter: Converter): Converter {
    const { convert, complete, inspect } = converter;
    converter.convert = (_previous, source) => {
      const converted = convert(this.#text, source);
      this.#compiled = converted.diagnostics.length > 0 ? null : (converted.declOutput ?? '');
      return converted;
    };
    converter.complete = (_previous, ...rest) => complete(this.#text, ...rest);
    converter.inspect = (_previous, ...rest) => inspect(this.#text, ...rest);
    return converter;
  }

  /** The cell that was compiled last came to its end. */
  settle(isComplete: boolean): void {
    if (this.#compiled !== null) this.#text = isComplete ? this.#compiled : this.#withValues(this.#compiled);
    this.#compiled = null;
  }

  #withValues(text: string): string {
    const { ts } = this;
    const values = this.values();
    // What an earlier cell declared may well be undefined.
    const earlier = this.#namesIn(this.#text);
    const hasValue = (name: TypeScript.Node | undefined): boolean =>
      name !== undefined && ts.isIdentifier(name) && (values[name.text] !== undefined || earlier.has(name.text));
    const file = ts.createSourceFile('declarations.ts', text, ts.ScriptTarget.Latest);
    const printer = ts.createPrinter();
    const print = (node: TypeScript.Node): string => printer.printNode(ts.EmitHint.Unspecified, node, file);
    const kept = file.statements.flatMap((statement) => {
      if (ts.isVariableStatement(statement)) {
        const declared = statement.declarationList.declarations.filter(({ name }) => hasValue(name));
        if (declared.length === 0) return [];
        const { flags } = statement.declarationList;
        const list = ts.factory.createVariableDeclarationList(declared, flags);
        return print(ts.factory.updateVariableStatement(statement, statement.modifiers, list));
      }
      const needsValue =
        ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isFunctionDeclaration(statement);
      return needsValue && !hasValue(statement.name) ? [] : print(statement);
    });
    return kept.join('\n');
  }

  /** The variables and functions among declarations. */
  #namesIn(text: string): Set<string> {
    const { ts } = this;
    const file = ts.createSourceFile('declarations.ts', text, ts.ScriptTarget.Latest);
    const names = file.statements.flatMap((statement): (TypeScript.Node | undefined)[] =>
      ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map(({ name }) => name)
        : [(statement as Partial<TypeScript.DeclarationStatement>).name],
    );
    return new Set(names.flatMap((name) => (name !== undefined && ts.isIdentifier(name) ? name.text : [])));
  }
}
