import { createRequire } from 'node:module';
import { join } from 'node:path';
import type TypeScript from 'typescript';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths.mjs';

const require = createRequire(import.meta.url);

/** What the compiler of tslab's own build, TypeScript 5.0, has to say of a cell. */
function diagnose(source: string): string[] {
  const ts = require('@tslab/typescript-for-tslab') as typeof TypeScript;
  const file = join(root, 'tests/unit/lib/cell.ts');
  const options: TypeScript.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    skipDefaultLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  host.fileExists = (name) => name === file || fileExists(name);
  const program = ts.createProgram([file], options, host);
  const ours = program
    .getSourceFiles()
    .filter((f) => f.fileName === file || /\/(lib|kernel-bridge|monitor)\/dist\//.test(f.fileName));
  expect(ours.length).toBeGreaterThan(5);
  return ours
    .flatMap((f) => [...program.getSyntacticDiagnostics(f), ...program.getSemanticDiagnostics(f)])
    .map((d) => `${d.file!.fileName.split('/').at(-1)}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
}

it('the published types check in TypeScript 5.0, and infer what a person expects', () => {
  expect(
    diagnose(`
      import { Dataset, decodeImage, provenance, type Tensor } from 'stemma';
      import { comm, display, widget } from 'stemma-kernel';
      import { monitor } from 'stemma-monitor';
      const digits = Dataset.concat(...['0', '1'].map((label) =>
        Dataset.fromFolder('train/' + label, { identifier: 'Load ' + label })
          .map(async (file) => ({ image: await decodeImage(file, { dtype: 'float32' }), label }), 'Add label')));
      const batches: Dataset<{ image: Tensor<Float32Array>; label: string[] }> = digits.shuffle({ seed: 1 }).batch(32);
      const sum: Promise<number> = digits.reduce((n, item) => n + item.image.data.length, 0);
      const evens: Dataset<number> = Dataset.range(3).map(async (n) => n);
      const texts: Dataset<string> = Dataset.fromArray<string | null>(['a', null]).filter((x): x is string => x !== null);
      async function use() { for await (const { image, label } of batches) console.log(image.shape[0], label[0]!.length); }
      const people = Dataset.fromCsv('people.csv', { types: { age: 'number', born: 'date' } });
      const ages: Dataset<number> = people.filter(({ age }) => age !== null).map(({ age, name }) => age! + String(name).length);
      const born: Dataset<{ born: Date | null }> = Dataset.fromCsv('people.csv', { columns: ['born'], types: { born: 'date' } });
      const given: Dataset<{ a: number }> = Dataset.fromCsv<{ a: number }>('a.csv', { delimiter: ';' });
      export { ages, born, given };
      provenance.document().processes.length;
      comm.registerTarget('echo', (channel, { data }) => channel.send({ data }));
      display({ 'text/plain': 'x' });
      const slider = widget({ state: { value: 3 }, render: ({ model }) => void model.get('value') });
      const twice: number = slider.get('value') * 2;
      async function watch(): Promise<string> { return (await monitor.start({ port: 0 })).link; }
      export { twice, watch };
      export { sum, evens, texts, use };
    `),
  ).toEqual([]);
});

it('wrong uses do not check', () => {
  const wrong = diagnose(`
    import { Dataset } from 'stemma';
    Dataset.range(3).map((n: string) => n);
    Dataset.range(3).batch('2');
    const wrong: Dataset<string> = Dataset.range(3);
    Dataset.fromCsv('a.csv', { types: { age: 'number' } }).map(({ age }) => age + 1);
    Dataset.fromCsv('a.csv', { columns: ['age'] }).map(({ name }) => name);
    export { wrong };
  `);
  expect(wrong).toHaveLength(5);
});
