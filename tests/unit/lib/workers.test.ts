import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Dataset, type PipelineError } from 'stemma';
import { nodeOf } from '../../support/node-of';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
let modules = 0;

/** A module with this code, in a file of its own: pools are shared by file. */
function moduleOf(code: string, extension = 'mjs'): string {
  const file = join(folder, `module-${modules++}.${extension}`);
  writeFileSync(file, code);
  return file;
}

const failureOf = async (run: Promise<unknown>): Promise<PipelineError> => {
  const thrown = await run.then(
    () => null,
    (error: unknown) => error,
  );
  return thrown as PipelineError;
};

describe('a module of mapInWorkers that cannot be loaded', () => {
  it.each([
    ['has a syntax error', 'export default (;', /SyntaxError: .*; to see the line, run: node ".*module-/],
    ['imports what is missing', "import './nowhere.mjs'; export default (n) => n", /Cannot find module .*nowhere\.mjs/],
    ['imports a name that is missing', "import { nope } from 'node:fs';", /nope.*module-\d+\.mjs:1/],
    ['throws', "throw new RangeError('at load')", 'RangeError: at load'],
    ['throws null', 'throw null', 'it threw null'],
    ['rejects', "await Promise.reject(new Error('no network'))", 'Error: no network'],
    ['ends its thread', 'process.exit(3)', 'it ended its thread (exit code 3)'],
    ['exports no default', 'export const a = 1, f = (n) => n;', 'exports no function "default"; it exports: a, f'],
    ['exports nothing', 'const f = 1;', 'exports no function "default"; it exports nothing'],
    ['exports no function', 'export default 5;', 'exports no function "default"; it exports: default'],
  ])('%s: the run fails, also where failing items are left out', async (_, code, message) => {
    for (const onError of ['throw', 'skip'] as const) {
      const file = moduleOf(code);
      const error = await failureOf(Dataset.range(5).mapInWorkers(file, { threads: 1, onError }).toArray());
      expect(error.message).toMatch(message);
      expect(error.message).toContain(file);
      // No item is to blame.
      expect([error.index, error.origin]).toEqual([null, null]);
    }
  });

  it('may export a function as CommonJS does', async () => {
    const ds = Dataset.range(2);
    expect(await ds.mapInWorkers(moduleOf('module.exports = (n) => n + 1', 'cjs')).toArray()).toEqual([1, 2]);
    const named = moduleOf('exports.f = (n) => n + 2; exports.default = (n) => n + 3', 'cjs');
    expect(await ds.mapInWorkers(named, { exportName: 'f' }).toArray()).toEqual([2, 3]);
    expect(await ds.mapInWorkers(named).toArray()).toEqual([3, 4]);
  });
});

describe('a function of mapInWorkers', () => {
  const run = (code: string, items: unknown[] = [0, 1, 2]): Promise<unknown[]> =>
    Dataset.fromArray(items).mapInWorkers(moduleOf(code), { threads: 1 }).toArray();

  it.each([
    ['throws null', 'export default () => { throw null; }', 'at item 0 (fromArray item 0): the function threw null'],
    ['throws a text', "export default () => { throw 'no'; }", "the function threw 'no'"],
    ['rejects with nothing', 'export default () => Promise.reject()', 'the function threw undefined'],
    ['returns a function', 'export default () => () => 1', /returned a function.*structured clone/],
    ['returns one inside', 'export default () => ({ a: [{ f() {} }] })', /returned a function.*structured clone/],
    ['returns a symbol', 'export default () => [Symbol()]', /returned a symbol.*structured clone/],
    ['returns an instance', 'class P {}; export default () => new P()', /returned an instance of P.*structured clone/],
    ['has an odd cause', "export default () => { throw new Error('own', { cause: () => 1 }); }", 'own'],
    ['ends its thread', 'export default (n) => process.exit(4)', /at item 0 .*ended \(exit code 4\)/],
    [
      'throws later',
      "export default () => new Promise(() => setImmediate(() => { throw new Error('late'); }))",
      'late',
    ],
    [
      'leaves a rejection',
      "export default () => { Promise.reject(new Error('unheard')); return new Promise(() => {}); }",
      'unheard',
    ],
  ])('that %s fails at its item', async (_, code, message) => {
    await expect(run(code)).rejects.toThrow(message);
  });

  it('is not called with what cannot be copied', async () => {
    const same = 'export default (item) => item';
    await expect(run(same, [() => 1])).rejects.toThrow(/the item holds a function.*structured clone/);
    await expect(run(same, [new (class Point {})()])).rejects.toThrow('the item holds an instance of Point');
    const plain = [new Map([['a', new Date(0)]]), { bytes: new Uint8Array([1]) }, Object.create(null)];
    expect(await run(same, plain)).toEqual(plain);
  });

  it('that ends its thread costs one item, and another thread takes those that waited', async () => {
    const file = moduleOf('export default (n) => n === 1 ? process.exit(3) : n');
    const ds = Dataset.range(20).mapInWorkers(file, { threads: 1, onError: 'skip' });
    expect(await ds.toArray()).toEqual([0, ...Array.from({ length: 18 }, (_, i) => i + 2)]);
  });

  it.each([
    ['at load', 'await new Promise(() => {}); export default (n) => n'],
    ['in a call', 'export default () => new Promise(() => {})'],
    ['in a loop', 'export default () => { for (;;); }'],
  ])('that never returns, %s, can be aborted', async (_, code) => {
    const controller = new AbortController();
    const ds = Dataset.range(3).mapInWorkers(moduleOf(code), { threads: 1 });
    const ended = ds.toArray({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(ended).rejects.toThrow('enough');
  });
});

describe('a module that is edited', () => {
  const factor = (n: number): string => `// times ${n}\nexport default (n) => n * ${n};`;
  const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
  const print = vi.spyOn(console, 'warn').mockImplementation(() => undefined);

  it('is loaded again by what is declared then', async () => {
    const file = moduleOf(factor(2));
    const run = () => Dataset.range(3).mapInWorkers(file, { threads: 1 }).toArray();
    expect(await run()).toEqual([0, 2, 4]);
    writeFileSync(file, factor(1000));
    expect(await run()).toEqual([0, 1000, 2000]);
  });

  it('is what later runs call, and the record and the console say so', async () => {
    const file = moduleOf(factor(3));
    const ds = Dataset.range(3).mapInWorkers(file, { threads: 1 });
    const warnings = () => nodeOf(ds).record!.warnings;
    expect([await ds.toArray(), warnings()]).toEqual([[0, 3, 6], []]);
    print.mockClear();
    writeFileSync(file, factor(30));
    for (let run = 0; run < 2; run++) expect(await ds.repeat(2).take(3).toArray()).toEqual([0, 30, 60]);
    expect(warnings()).toEqual([expect.stringContaining(`the edited one, whose sha256 is ${hashOf(factor(30))}`)]);
    expect(warnings()[0]).toContain(`not ${hashOf(factor(3))} as in the options`);
    expect(print.mock.calls.map(([line]) => line as string)).toEqual([expect.stringContaining(warnings()[0]!)]);
    writeFileSync(file, factor(3).replace('\n', '\r\n'));
    expect([await ds.toArray(), warnings().length]).toEqual([[0, 3, 6], 1]);
  });

  it('between the beginning of a run and its first item fails the run: no item comes of code that the record does not know', async () => {
    const file = moduleOf(factor(4));
    const ds = Dataset.range(3)
      .tap(() => writeFileSync(file, factor(40)))
      .mapInWorkers(file, { threads: 1 });
    await expect(ds.toArray()).rejects.toThrow('it was edited while a run uses it');
    await expect(ds.toArray()).resolves.toEqual([0, 40, 80]);
  });

  it('and has gone when a run begins fails it', async () => {
    const file = moduleOf(factor(5));
    const ds = Dataset.range(3).mapInWorkers(file, { threads: 1 });
    rmSync(file);
    await expect(ds.toArray()).rejects.toThrow(`cannot load "${file}"`);
  });
});
