import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { COMPILERS, type Sources, typeErrors } from '../../../support/type-check';
import { docstrings, notebooks, pages } from './examples';

const uses =
  (...names: string[]) =>
  (): Sources =>
    Object.fromEntries(
      names.map((name) => {
        const path = `tests/unit/lib/types/${name}.ts`;
        return [path, readFileSync(inRoot(path), 'utf8')];
      }),
    );

const KINDS = [
  ['right uses', uses('batches', 'operations', 'cell'), 3],
  ['wrong uses', uses('wrong-uses'), 1],
  ['the examples of all docstrings', docstrings, 60],
  ['the examples of all pages', pages, 15],
  ['the cells of the example notebooks', notebooks, 2],
] as const;

describe.each(COMPILERS)('under strict, %s', (compiler) => {
  let errors: string[];
  beforeAll(async () => {
    errors = await typeErrors(compiler, Object.assign({}, ...KINDS.map(([, collect]) => collect())));
  });

  it.each(KINDS)('compiles %s as they are meant', (_, collect, least) => {
    const paths = Object.keys(collect());
    expect(paths.length).toBeGreaterThanOrEqual(least);
    expect(errors.filter((error) => paths.some((path) => error.startsWith(`${path}:`)))).toEqual([]);
  });

  it('finds no fault in the published types', () => {
    expect(errors.filter((error) => /^[\w-]+\/dist\//.test(error))).toEqual([]);
  });
});

/**
 * As cells are checked, where null is of every type. Those that show an error by its `@ts-expect-error` need strict.
 */
describe('without strict', () => {
  it.each([
    ['the examples of all docstrings', docstrings],
    ['the examples of all pages', pages],
    ['right uses of functions', uses('without-strict')],
  ])('compiles %s', async (_, collect) => {
    expect(await typeErrors('typescript', collect(), { strict: false })).toEqual([]);
  });
});

it('each wrong use has a reason', () => {
  const wrong = readFileSync(inRoot('tests/unit/lib/types/wrong-uses.ts'), 'utf8');
  expect(wrong.match(/@ts-expect-error: \w/g)!.length).toBe(wrong.match(/@ts-expect-error/g)!.length);
});

it('no internal member is in the published types', () => {
  const program = ts.createProgram([inRoot('lib', 'dist', 'index.d.ts')], { strict: true, types: ['node'] });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(inRoot('lib', 'dist', 'index.d.ts'))!)!;
  const members = checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Class)) return [];
    return checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .filter((member) => !(ts.getCombinedModifierFlags(member.declarations![0]!) & ts.ModifierFlags.Protected))
      .map((member) => ({ name: `${exported.name}.${member.name}`, tags: member.getJsDocTags(checker) }));
  });
  expect(members.length).toBeGreaterThan(40);
  expect(members.filter(({ tags }) => tags.some((tag) => tag.name === 'internal'))).toEqual([]);
  const names = members.map(({ name }) => name);
  for (const hidden of ['node', 'derive', '__@DATASET', '__@DISPLAY', '__@INSPECT'])
    expect(names.filter((name) => name.startsWith(`Dataset.${hidden}`))).toEqual([]);
});
