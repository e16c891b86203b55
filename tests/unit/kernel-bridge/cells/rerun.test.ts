import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestNotebook } from './support';

let notebook: TestNotebook;
beforeAll(() => {
  notebook = new TestNotebook();
}, 60_000);
afterAll(() => notebook.close());

describe('a cell that fails', () => {
  it.each([
    ['before the declaration', 'throw new Error("x"); const kept = "new"'],
    ['in it', 'const kept = (() => { throw new Error("x") })()'],
    ['in it, behind an await', 'const kept = await Promise.reject(new Error("x"))'],
    ['in a pattern', 'const { kept } = null as any'],
    ['as a var', 'throw new Error("x"); var kept = "new"'],
    ['as a class', 'throw new Error("x"); class kept {}'],
    ['as an enum', 'throw new Error("x"); enum kept { A }'],
    ['with its type', 'throw new Error("x"); const kept = 5'],
  ])('keeps the values of its names: %s', async (_when, cell) => {
    await notebook.value('const kept = "old"; const readKept = () => kept');
    expect(await notebook.run(cell)).toHaveProperty('error');
    expect(await notebook.value('kept.toUpperCase() + readKept()')).toBe('OLDold');
  });

  it('keeps what it had assigned before it failed', async () => {
    await notebook.value('let first: number | string = 1, second: number | string = 1');
    await notebook.run('const first = "new"; throw new Error("x"); const second = "new"');
    expect(await notebook.value('[first.length, second]')).toEqual([3, 1]);
  });

  it('leaves names without a value unknown, and its types known', async () => {
    await notebook.run('interface Kind { a: number } throw new Error("x"); const missing1 = 1; class NeverClass {}');
    expect(await notebook.run('missing1')).toEqual({ problems: ["Cannot find name 'missing1'."] });
    expect(await notebook.run('NeverClass')).toEqual({ problems: ["Cannot find name 'NeverClass'."] });
    expect(await notebook.value('const kind: Kind = { a: 1 }; kind.a')).toBe(1);
  });

  it('has declared its functions', async () => {
    await notebook.run('throw new Error("x"); function there() { return 4 }');
    expect(await notebook.value('there()')).toBe(4);
  });

  it('that does not compile changes nothing', async () => {
    await notebook.value('let whole = 1; const readWhole = () => whole');
    expect(await notebook.run('let whole = 2; let wrong: number = "x"')).toHaveProperty('problems');
    expect(await notebook.run('let whole = (')).toHaveProperty('problems');
    expect(await notebook.value('whole + readWhole()')).toBe(2);
  });
});

describe('types', () => {
  it('of a name are those of its latest declaration', async () => {
    await notebook.value('let typed = 1; const ofTyped = () => typed', 'let typed = "text"');
    expect(await notebook.value('typed.toUpperCase()')).toBe('TEXT');
    expect(await notebook.run('typed.nothing')).toEqual({
      problems: ["Property 'nothing' does not exist on type 'string'."],
    });
    // What a function returns is what it was checked to return.
    expect(await notebook.run('ofTyped().toUpperCase()')).toEqual({
      problems: ["Property 'toUpperCase' does not exist on type 'number'."],
    });
  });

  it('are kept where a later cell declares only a value of the name, and the other way round', async () => {
    await notebook.value('interface Both { a: number }', 'const Both = 5');
    expect(await notebook.value('const both: Both = { a: Both }; both.a')).toBe(5);
    await notebook.value('type Both = string');
    expect(await notebook.value('const other: Both = "x"; other + Both')).toBe('x5');
  });

  it('of what a name was made from do not change with that name', async () => {
    await notebook.value('let rows = [1, 2]', 'const texts = rows.map(String)', 'let rows = texts.map((t) => ({ t }))');
    expect(await notebook.value('rows[0]!.t.length')).toBe(1);
    expect(await notebook.run('const wrong: number = rows[0]!.t')).toEqual({
      problems: ["Type 'string' is not assignable to type 'number'."],
    });
  });

  it('of assignments are checked, and constants are constant', async () => {
    await notebook.value('let count = 1; const fixed = 1');
    expect(await notebook.run('count = "x"')).toEqual({
      problems: ["Type 'string' is not assignable to type 'number'."],
    });
    expect(await notebook.run('fixed = 2')).toEqual({
      problems: ["Cannot assign to 'fixed' because it is a constant."],
    });
  });

  it('that no declaration file could name can be declared', async () => {
    await notebook.value(
      'const C = class { private x = 1; get() { return this.x } }; const make = () => { class L { private p = 2; read() { return this.p } } return L }',
    );
    expect(await notebook.value('const L = make(); new C().get() + new L().read()')).toBe(3);
    expect(await notebook.run('new C().x')).toEqual({
      problems: ["Property 'x' is private and only accessible within class 'C'."],
    });
  });

  it('know what the Node that runs has', async () => {
    expect(await notebook.value('[2, 1].toSorted()')).toEqual([1, 2]);
    for (const [code, has] of [
      ['Object.groupBy([1], (n) => n)', 'groupBy' in Object],
      ['Array.fromAsync([1])', 'fromAsync' in Array],
      ['new Set([1]).union(new Set([2]))', 'union' in Set.prototype],
      ['Promise.withResolvers()', 'withResolvers' in Promise],
      ['"a".isWellFormed()', 'isWellFormed' in String.prototype],
    ] as const) {
      expect('value' in (await notebook.run(code)), code).toBe(has);
    }
  });

  it('of names can be completed and described', async () => {
    await notebook.value('let shape = 1', 'let shape = { width: 1, height: 2 }');
    const { compiler } = notebook.notebook;
    expect(compiler.complete('shape.wi', 8)?.entries.map(({ name }) => name)).toEqual(['height', 'width']);
    expect(
      compiler
        .inspect('shape', 1)
        ?.displayParts?.map(({ text }) => text)
        .join(''),
    ).toContain('width: number');
  });
});

it('a cell that runs again and again leaves nothing behind', async () => {
  await notebook.value('const base = 1');
  const files = () =>
    (notebook.notebook.compiler as unknown as { host: { getScriptFileNames(): string[] } }).host.getScriptFileNames()
      .length;
  const before = files();
  for (let i = 0; i < 120; i++) await notebook.value(`const again = base + ${i}`);
  expect(files()).toBe(before);
  expect(await notebook.value('again')).toBe(120);
}, 60_000);
