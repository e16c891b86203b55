import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestNotebook } from './support';

let notebook: TestNotebook;
beforeAll(() => {
  notebook = new TestNotebook();
}, 60_000);
afterAll(() => notebook.close());

const NAMES = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...NAMES);
const small = fc.integer({ min: -3, max: 9 });
const value = fc.oneof(
  name,
  small.map(String),
  fc.tuple(name, small).map(([x, n]) => `(${x} * ${n} + 1) % 97`),
);

/** A statement; `f` is the index of a function that it may declare. */
type Make = (f: number) => string;

const statement: fc.Arbitrary<Make> = fc.oneof(
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      () =>
        `${x} = ${v};`,
  ),
  fc.tuple(name, value, fc.constantFrom('+=', '-=', '&&=', '||=', '??=')).map(
    ([x, v, op]): Make =>
      () =>
        `${x} ${op} ${v};`,
  ),
  fc.tuple(name, fc.constantFrom('++', '--'), fc.boolean()).map(
    ([x, step, isPrefix]): Make =>
      () =>
        `log.push(${isPrefix ? step + x : x + step});`,
  ),
  fc.tuple(name, name).map(
    ([x, y]): Make =>
      () =>
        `[${x}, ${y}] = [${y}, ${x} % 50];`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      () =>
        `({ ${x} } = { ${x}: ${v} });`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      () =>
        `({ k: ${x} = ${v} } = {} as { k?: number });`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      (f) =>
        `function f${f}() { ${x} = ${v}; return ${x}; } log.push(f${f}());`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      (f) =>
        `const f${f} = () => (${x} += ${v}) % 89; later.push(f${f});`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      (f) =>
        `log.push(f${f}()); function f${f}(n = ${v}) { return n + ${x}; }`,
  ),
  fc.tuple(name, small).map(
    ([x, n]): Make =>
      () =>
        `for (let i = 0; i < ${n}; i++) ${x} += i;`,
  ),
  fc.tuple(name, small).map(
    ([x, n]): Make =>
      () =>
        `for (var j = 0; j < ${n}; j++) { ${x} = (${x} + j) % 50; log.push(${x}); }`,
  ),
  fc.tuple(name, name).map(
    ([x, y]): Make =>
      () =>
        `for (${x} of [${y}, 2]) log.push(${x} + ${y});`,
  ),
  fc.tuple(name, name).map(
    ([x, y]): Make =>
      () =>
        `{ const ${x} = ${y === x ? '1' : y}; log.push(${x}); }`,
  ),
  fc.tuple(name, value).map(
    ([x, v]): Make =>
      () =>
        `log.push(((${x}: number) => ${x} + 1)(${v}));`,
  ),
  name.map(
    (x): Make =>
      () =>
        `let fast${x} = 0; while (fast${x} < 5) fast${x}++; ${x} = fast${x};`.replaceAll(`fast${x}`, `fast_${x}`),
  ),
  fc.constant<Make>(() => 'for (const run of later) log.push(run());'),
  name.map(
    (x): Make =>
      (f) =>
        `class K${f} { static n = ${x}; get() { return ${x} + K${f}.n; } } log.push(new K${f}().get());`,
  ),
  name.map(
    (x): Make =>
      () =>
        `log.push(Object.values({ ${x} })[0]!);`,
  ),
);

const START = 'let a = 1, b = 2, c = 3; var j = 0; const log: number[] = []; const later: (() => number)[] = [];';
const END = 'JSON.stringify([a, b, c, j, log])';

/** Statements with names that no two declare. */
const program = fc
  .array(statement, { minLength: 1, maxLength: 14 })
  .map((made) => made.map((make, index) => make(index).replaceAll('fast_', `fast${index}`)));

it('a program that is split into cells does what it does as a whole, and in plain JavaScript', async () => {
  await fc.assert(
    fc.asyncProperty(program, fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), async (statements, cuts) => {
      const cells = [[START]];
      for (const [index, one] of statements.entries()) {
        if (cuts[index]) cells.push([]);
        cells.at(-1)!.push(one);
      }
      cells.push([END]);
      const whole = [START, ...statements, END].join('\n');
      const plain = ts.transpile([START, ...statements, `return ${END}`].join('\n'), {
        target: ts.ScriptTarget.ES2022,
      });
      const expected: unknown = new Function(plain)();
      expect(await notebook.value(whole)).toBe(expected);
      expect(await notebook.value(...cells.map((cell) => cell.join('\n')))).toBe(expected);
    }),
    { numRuns: 25 },
  );
}, 240_000);
