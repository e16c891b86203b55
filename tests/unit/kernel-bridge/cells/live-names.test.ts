import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestNotebook } from './support';

/** One program; the cases below use names of their own, or declare them again. */
let notebook: TestNotebook;
beforeAll(() => {
  notebook = new TestNotebook();
}, 60_000);
afterAll(() => notebook.close());

type Case = [what: string, cells: string[], value: unknown];

const ASSIGNED: Case[] = [
  ['an assignment', ['let n = 5; const f = () => n', 'n = 8', 'f()'], 8],
  ['a compound assignment', ['let n = 5; const f = () => n', 'n += 2; n **= 2', 'f()'], 49],
  ['a logical assignment', ['let n: number | undefined; const f = () => n', 'n ??= 3; n &&= 4', 'f()'], 4],
  ['a step', ['let n = 5; const f = () => n', 'n++; ++n; n--', 'f()'], 6],
  ['a pattern of a list', ['let a = 1, b = 2; const f = () => [a, b]', '[a, b] = [b, a]', 'f()'], [2, 1]],
  ['a rest', ['let a: number[] = []; const f = () => a', '[, ...a] = [1, 2, 3]', 'f()'], [2, 3]],
  ['a pattern of an object', ['let a = 1; const f = () => a', '({ a } = { a: 7 })', 'f()'], 7],
  ['a default in it', ['let a = 1; const f = () => a', '({ a = 9 } = {} as { a?: number })', 'f()'], 9],
  ['a renamed part', ['let a = 1; const f = () => a', '({ x: a } = { x: 6 })', 'f()'], 6],
  ['a deep one', ['let a = 1; const f = () => a', '({ x: [{ y: a }] } = { x: [{ y: 4 }] })', 'f()'], 4],
  ['a loop over values', ['let v = 0; const f = () => v', 'for (v of [1, 2, 3]) ;', 'f()'], 3],
  ['a loop over keys', ['let k = ""; const f = () => k', 'for (k in { a: 1, b: 2 }) ;', 'f()'], 'b'],
  ['a loop that counts', ['let k = 0; const f = () => k', 'for (k = 0; k < 4; k++) ;', 'f()'], 4],
  ['an asserted target', ['let k = 0; const f = () => k', '(k as any) = "x"', 'f()'], 'x'],
  ['a function', ['let k = 0; const f = () => k; const set = (n: number) => { k = n; }', 'set(3)', 'f()'], 3],
  ['an async function', ['let k = 0; const f = async () => (await null, k)', 'k = 2', 'await f()'], 2],
  ['a generator', ['let k = 0; function* g() { for (;;) yield k; } const i = g()', 'k = 2', 'i.next().value'], 2],
  ['a class', ['let k = 1; class K { static n() { return k; } m = k; }', 'k = 2', '[K.n(), new K().m]'], [2, 2]],
  ['a default of a parameter', ['let k = 1; const f = (n = k) => n', 'k = 2', 'f()'], 2],
  [
    'a tagged template',
    ['let t = (s: TemplateStringsArray) => s[0]; const f = () => t`x`', 't = () => "y"', 'f()'],
    'y',
  ],
  ['a shorthand property', ['let k = 1; const f = () => ({ k })', 'k = 2', 'f()'], { k: 2 }],
  ['a computed name', ['let k = "a"; const f = () => ({ [k]: 1 })', 'k = "b"', 'f()'], { b: 1 }],
  ['a spread', ['let k = [1]; const f = () => [...k]', 'k = [2, 3]', 'f()'], [2, 3]],
  ['a template', ['let k = 1; const f = () => `${k}`', 'k = 2', 'f()'], '2'],
];

const DECLARED_AGAIN: Case[] = [
  ['let', ['let n = 5; const f = () => n', 'let n = 6', 'f()'], 6],
  ['const', ['const n = 5; const f = () => n', 'const n = 6', 'f()'], 6],
  ['var', ['var n = 5; const f = () => n', 'var n = 6', 'f()'], 6],
  ['var without a value', ['var n = 5; const f = () => n', 'var n: number', 'f()'], 5],
  [
    'let without a value',
    ['let n: number | undefined = 5; const f = () => n', 'let n: number | undefined', 'f()'],
    undefined,
  ],
  ['a var in a block', ['var n = 5; const f = () => n', 'if (true) { var n = 6 }', 'f()'], 6],
  ['a var in a branch', ['var n = 5; const f = () => n', 'if (true) var n = 7', 'f()'], 7],
  ['a var in a loop', ['var n = 5; const f = () => n', 'for (var n = 0; n < 3; n++) ;', 'f()'], 3],
  ['a var over values', ['var n = 5; const f = () => n', 'for (var n of [1, 2]) ;', 'f()'], 2],
  ['a function', ['function h() { return 1 } function f() { return h() }', 'function h() { return 2 }', 'f()'], 2],
  ['a generator', ['function* h() { yield 1 } const f = () => [...h()]', 'function* h() { yield 2 }', 'f()'], [2]],
  ['a class', ['class A { n = 1 } const f = () => new A().n', 'class A { n = 2 }', 'f()'], 2],
  ['an enum', ['enum E { A = 1 } const f = () => E.A as number', 'enum E { A = 2 }', 'f()'], 2],
  [
    'a namespace',
    ['namespace N { export const n = 1 } const f = () => N.n', 'namespace N { export const n = 2 }', 'f()'],
    2,
  ],
  ['a pattern', ['const { n } = { n: 1 }; const f = () => n', 'const { m: [n] } = { m: [2] }', 'f()'], 2],
  ['an import', ['const sep: string = "-"; const f = () => sep', 'import { sep } from "node:path"', 'f()'], '/'],
  [
    'an import by a variable',
    ['import { sep } from "node:path"; const f = () => sep', 'const sep: string = "+"', 'f()'],
    '+',
  ],
  [
    'an import by another',
    ['import { sep as s } from "node:path"; const f = () => s', 'import { delimiter as s } from "node:path"', 'f()'],
    ':',
  ],
  ['a default import', ['import p from "node:path"; const f = () => p.sep', 'const p = { sep: "!" }', 'f()'], '!'],
  [
    'a namespace import',
    ['import * as q from "node:path"; const f = () => q.sep', 'const q = { sep: "?" }', 'f()'],
    '?',
  ],
  [
    'import = require',
    ['import r = require("node:path"); const f = () => r.sep', 'const r = { sep: "." }', 'f()'],
    '.',
  ],
  ['what is exported', ['export const n = 1; export function f() { return n }', 'export let n = 2', 'f()'], 2],
];

const NOT_TOUCHED: Case[] = [
  ['a parameter', ['let n = 1; const f = (n: number) => n', 'f(5)'], 5],
  [
    'a pattern of parameters',
    ['let n = 1; const f = ({ n }: { n: number }, [m] = [n]) => [n, m]', 'f({ n: 3 })'],
    [3, 3],
  ],
  ['a local variable', ['let n = 1; const f = () => { const n = 2; return n }', '[f(), n]'], [2, 1]],
  ['a variable of a block', ['let n = 1; { let n = 2; n++ } n'], 1],
  ['a variable of a loop', ['let n = 1; for (let n = 5; n < 7; n++) ; n'], 1],
  ['a variable of a loop over values', ['let n = 1; for (const n of [7]) String(n); n'], 1],
  ['a caught error', ['let n: unknown = 1; try { throw 2 } catch (n) { String(n) } n'], 1],
  ['a label', ['let n = 1; n: for (;;) { break n } n'], 1],
  ['a property', ['let n = 1; const o = { n: 2 }; o.n'], 2],
  ['a method', ['let n = 1; const o = { n() { return 4 } }; o.n()'], 4],
  ['a member of a class', ['let n = 1; class M { n = 2; get() { return this.n } } new M().get()'], 2],
  [
    'the name of a function expression',
    ['let n = 1; const f = function n(): unknown { return typeof n }; f()'],
    'function',
  ],
  ['the name of a class expression', ['let n = 1; const c = class n { static who = n.name }; c.who'], 'n'],
  ['a member of an enum', ['let A = 5; enum E2 { A = 1, B = A + 1 } E2.B'], 2],
  ['a name of a namespace', ['let x = 5; namespace N2 { export let x = 1; x++; export const y = x } N2.y'], 2],
  ['a type of the same name', ['interface Same { a: number } const Same = { a: 2 }; const s: Same = Same; s.a'], 2],
  ['arguments', ['function f() { return arguments.length } f.call(null)'], 0],
];

const RIGHT: Case[] = [
  [
    'no this for a called function',
    ['var f = function (this: unknown) { return this === undefined || this === globalThis }; f()'],
    true,
  ],
  ['nor for one behind !', ['let g: any = f; g!()'], true],
  ['nor for an optional call', ['(g as any)?.()'], true],
  ['nor for a tag', ['var t = function (this: unknown, _: unknown) { return this === globalThis }; t`a`'], true],
  ['the this of a method', ['const o = { n: 3, m() { return this.n } }; o.m()'], 3],
  ['names of arrow functions', ['const named = () => 1; named.name'], 'named'],
  [
    'of functions and classes',
    ['let fn = function () {}, cl = class { static who = this.name }; [fn.name, cl.name, cl.who]'],
    ['fn', 'cl', 'cl'],
  ],
  ['of assigned ones', ['let later: () => void; later = () => {}; later.name'], 'later'],
  ['of defaults', ['const { d = () => 1 } = {} as { d?: () => number }; d.name'], 'd'],
  ['of a function with a name', ['const outer = function inner() {}; outer.name'], 'inner'],
  ['a function before its declaration', ['const early = hoisted(); function hoisted() { return 3 } early'], 3],
  [
    'mutual recursion',
    [
      'const even = (n: number): boolean => n === 0 || odd(n - 1); const odd = (n: number): boolean => n > 0 && even(n - 1); even(10)',
    ],
    true,
  ],
  ['typeof', ['let known = 1; [typeof known, typeof (globalThis as any).unknown]'], ['number', 'undefined']],
  ['a private member of a class', ['class Q { #n = 1; static of(q: Q) { return q.#n } } Q.of(new Q())'], 1],
  ['a decorator', ['const dec = (c: any) => { c.tag = 1 }; @dec class D { static tag?: number } D.tag'], 1],
  [
    'a decorator that is made',
    ['const mk = (n: number) => (c: any) => { c.tag = n }; @mk(4) class D { static tag?: number } D.tag'],
    4,
  ],
  [
    'a function merged with a namespace',
    ['function merged() { return merged.n } namespace merged { export const n = 8 } merged()'],
    8,
  ],
  [
    'a subclass',
    ['class Base { n = 1 } class Sub extends Base { m = 2 } const { n: bn, m: bm } = new Sub(); [bn, bm]'],
    [1, 2],
  ],
  [
    'names that look compiled',
    ['const $limit = 1, $$ = 2, limit = 3; const $ = (n: number) => n + $limit + $$ + limit; $(1)'],
    7,
  ],
  [
    'names of Object.prototype',
    [
      'const constructor = 1, toString = 2, __proto__ = 3, hasOwnProperty = 4; [constructor, toString, __proto__, hasOwnProperty]',
    ],
    [1, 2, 3, 4],
  ],
  [
    'names of the parameters around a cell',
    ['const require = 1, exports = 2; class module {} [require, exports, typeof module]'],
    [1, 2, 'function'],
  ],
  ['names in other scripts', ['const größe = 1; const 名 = () => größe; 名.name + 名()'], '名1'],
  ['a promise as it is', ['const p = Promise.resolve(7); p instanceof Promise'], true],
  ['a comma', ['let c1 = 0; const c2 = (c1++, c1); [c1, c2]'], [1, 1]],
  ['a value of a step', ['let st = 1; const was = st++; [was, st]'], [1, 2]],
  [
    'a const enum',
    ['const enum Size { Small = 1, Large = 4 }', 'const sizes = [Size.Small, Size.Large]', 'sizes'],
    [1, 4],
  ],
  [
    'a switch',
    ['let sw = 2; switch (sw) { case 2: var found = "two"; break; default: var found = "none" } found'],
    'two',
  ],
  [
    '"use strict"',
    ['"use strict"; let strict = (function (this: unknown) { return this })(); strict === undefined'],
    true,
  ],
  ['export default', ['export default function named2() { return 5 }\nnamed2()'], 5],
  ['export lists', ['const e1 = 1; export { e1, e1 as e2 }; e1'], 1],
  ['export from', ['export * from "node:os"; export { sep as s2 } from "node:path"; 3'], 3],
  [
    'import aliases',
    ['namespace Long { export namespace Name { export const v = 6 } } import Short = Long.Name; Short.v'],
    6,
  ],
  ['a declared global', ['(globalThis as any).told = 4; declare const told: number; told', 'told + 1'], 5],
  ['import.meta', ['typeof import.meta.dirname'], 'string'],
];

describe.each([
  ['a later cell that assigns is seen by earlier functions', ASSIGNED],
  ['a later cell that declares again is seen by earlier functions', DECLARED_AGAIN],
  ['what has the same name and is another', NOT_TOUCHED],
  ['a cell means what it means in a module', RIGHT],
])('%s', (_title, cases) => {
  it.each(cases)('%s', async (_what, cells, value) => {
    expect(await notebook.value(...cells)).toEqual(value);
  });
});

it('a promise that is the value of a cell is not awaited', async () => {
  expect(await notebook.run('Promise.resolve(7)')).toEqual({ value: expect.any(Promise) });
  expect(await notebook.run('await null; Promise.resolve(7)')).toEqual({ value: expect.any(Promise) });
});

it('a name that is read before it has a value throws as in JavaScript', async () => {
  expect(await notebook.run('const early2 = () => late2; early2(); const late2 = 1')).toEqual({
    error: new ReferenceError("Cannot access 'late2' before initialization"),
  });
});
