import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import { describe, expect, it } from 'vitest';
import { inRoot, root } from '../../../../scripts/support/paths.mjs';

const load = createRequire(import.meta.url);
const sources = ['batches', 'wrong-uses'].map((name) => inRoot('tests', 'unit', 'lib', 'types', `${name}.ts`));

/** What a compiler says of the files here, and of the published types that they use, under `strict`. */
function diagnose(compiler: string): string[] {
  const ts = load(compiler) as typeof TypeScript;
  const program = ts.createProgram(sources, {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    skipDefaultLibCheck: true,
  });
  const ours = program.getSourceFiles().filter((file) => /\/lib\/(types|dist)\//.test(file.fileName));
  expect(ours.length).toBeGreaterThan(20);
  return ours
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start, messageText }) => {
      const line = file!.getLineAndCharacterOfPosition(start!).line + 1;
      return `${file!.fileName.split('/').at(-1)} line ${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

describe('the types of batches, and what is refused,', () => {
  it.each(['@tslab/typescript-for-tslab', 'typescript'])('are the same for %s', { timeout: 120_000 }, (compiler) =>
    expect(diagnose(compiler)).toEqual([]),
  );

  it('have a reason each', () => {
    const [, wrong] = sources.map((file) => readFileSync(file, 'utf8'));
    expect(wrong!.match(/@ts-expect-error: \w/g)!.length).toBe(wrong!.match(/@ts-expect-error/g)!.length);
  });
});

it('no internal member is in the published types', () => {
  const ts = load('typescript') as typeof TypeScript;
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
