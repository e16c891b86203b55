import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PACKAGE_SOURCES } from '../../../scripts/prose/scope.mjs';
import { inRoot } from '../../../scripts/support/paths.mjs';

/**
 * Circles of types alone that are what they describe: a record knows its neighbors, a method of a dataset returns one.
 */
const KNOWN: { readonly [folder: string]: string[][] } = {
  'lib/src': [
    [
      'dataset/batch-operations.ts',
      'dataset/concat-arguments.ts',
      'dataset/dataset.ts',
      'dataset/is-dataset.ts',
      'dataset/item-operations.ts',
      'dataset/nodes-of.ts',
      'dataset/stream-operations.ts',
    ],
    [
      'recorder/artifact-record.ts',
      'recorder/inner-processes.ts',
      'recorder/process-definition.ts',
      'recorder/process-record.ts',
      'recorder/process-run.ts',
    ],
  ],
};

type Graph = Map<string, string[]>;

/** The files of a folder, each with those that it imports. */
function graphOf(folder: string, what: 'all' | 'values'): Graph {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.d)\.ts$/.test(name));
  return new Map(names.map((name) => [name, importsOf(join(folder, name), what).map((to) => relative(folder, to))]));
}

function importsOf(file: string, what: 'all' | 'values'): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    if (!moduleSpecifier.text.startsWith('.') || (what === 'values' && isOfTypes(statement))) return [];
    const path = join(dirname(file), moduleSpecifier.text);
    return [`${path}.ts`, join(path, 'index.ts')].filter((candidate) => existsSync(candidate)).slice(0, 1);
  });
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const { importClause } = statement;
  const bindings = importClause?.namedBindings;
  if (importClause?.isTypeOnly === true) return true;
  if (importClause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

/** The files that lead back to themselves, those of one circle together (Tarjan's strongly connected components). */
function circles(graph: Graph): string[][] {
  const [order, low] = [new Map<string, number>(), new Map<string, number>()];
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || graph.get(file)?.includes(file) === true) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

describe('the imports', () => {
  it.each(PACKAGE_SOURCES)('of %s go in no circle', (folder) => {
    expect(circles(graphOf(inRoot(folder), 'values'))).toEqual([]);
    expect(circles(graphOf(inRoot(folder), 'all'))).toEqual(KNOWN[folder] ?? []);
  });

  it('are followed', () => {
    const graph = graphOf(inRoot('lib/src'), 'values');
    expect(graph.get('dataset/dataset.ts')).toContain('dataset/stream-operations.ts');
    expect(circles(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']], ['d', ['d']]]))).toEqual([['b', 'c'], ['d']]); // prettier-ignore
  });
});
