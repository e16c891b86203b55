import type { Position } from 'stemma';
import ts = require('typescript');

/** One import of a cell. */
export interface CellImport {
  specifier: string;
  /** Made by `import x = require(…)`. */
  isRequired: boolean;
  /** Where it stands in the cell. */
  position: Position;
  names: ImportedName[];
}

type Unplaced = Omit<CellImport, 'position'>;

export interface ImportedName {
  /** The top-level name of the cell. */
  name: string;
  /** The name of the module's export; null for the module as a whole. */
  imported: string | null;
}

/** What a cell imports, in order. What is imported only for its types is left out. */
export function importsOf(file: ts.SourceFile, hasValue: (name: ts.Identifier) => boolean): CellImport[] {
  return file.statements.flatMap((statement): CellImport[] => {
    const position = positionOf(statement, file);
    return importOf(statement, hasValue).map((one) => ({ ...one, position }));
  });
}

function importOf(statement: ts.Statement, hasValue: (name: ts.Identifier) => boolean): Unplaced[] {
  if (ts.isImportDeclaration(statement)) return imported(statement, hasValue);
  if (ts.isImportEqualsDeclaration(statement)) return required(statement, hasValue);
  if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return [];
  // `export … from`: nothing to be named here, but the module is loaded.
  const { moduleSpecifier } = statement;
  return moduleSpecifier === undefined ? [] : [{ specifier: textOf(moduleSpecifier), isRequired: false, names: [] }];
}

function positionOf(node: ts.Node, file: ts.SourceFile): Position {
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { line: line + 1, column: character + 1 };
}

function imported(node: ts.ImportDeclaration, hasValue: (name: ts.Identifier) => boolean): Unplaced[] {
  const { importClause: clause, moduleSpecifier } = node;
  const specifier = textOf(moduleSpecifier);
  if (clause === undefined || isEmpty(clause)) return [{ specifier, isRequired: false, names: [] }];
  if (clause.isTypeOnly) return [];
  const names: ImportedName[] = [];
  const add = (identifier: ts.Identifier, from: string | null): void => {
    if (hasValue(identifier)) names.push({ name: identifier.text, imported: from });
  };
  if (clause.name !== undefined) add(clause.name, 'default');
  const { namedBindings: bindings } = clause;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) add(bindings.name, null);
  else
    for (const one of bindings?.elements ?? []) if (!one.isTypeOnly) add(one.name, (one.propertyName ?? one.name).text);
  // Only types: the file may not even exist when the cell runs.
  return names.length === 0 ? [] : [{ specifier, isRequired: false, names }];
}

/** `import {} from …` */
const isEmpty = ({ name, namedBindings }: ts.ImportClause): boolean =>
  name === undefined &&
  namedBindings !== undefined &&
  ts.isNamedImports(namedBindings) &&
  namedBindings.elements.length === 0;

function required(node: ts.ImportEqualsDeclaration, hasValue: (name: ts.Identifier) => boolean): Unplaced[] {
  const { name, moduleReference, isTypeOnly } = node;
  if (!ts.isExternalModuleReference(moduleReference) || isTypeOnly || !hasValue(name)) return [];
  const names = [{ name: name.text, imported: null }];
  return [{ specifier: textOf(moduleReference.expression), isRequired: true, names }];
}

const textOf = (node: ts.Expression): string => (node as ts.StringLiteral).text;
