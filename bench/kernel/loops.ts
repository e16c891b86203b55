/**
 * `npx tsx bench/kernel/loops.ts [rounds]`: loops of a cell over its own top-level variables, beside the same loops in
 * a function. Processor time in ms, the best of the rounds, which are interleaved; needs a build.
 */
import { tmpdir } from 'node:os';
import { Notebook } from '../../kernel-bridge/dist/cells/notebook.js';
import { SourceMaps } from '../../kernel-bridge/dist/compiler/source-maps.js';

const LOOPS = {
  'whole numbers': 'let total = 0; for (let i = 0; i < 5e7; i++) total += i % 7;',
  fractions: 'let total = 0; for (let i = 0; i < 5e7; i++) total += i * 0.5;',
  counting: 'let n = 0; while (n < 5e7) n++;',
  'two variables': 'let a = 0, b = 1; for (let i = 0; i < 5e7; i++) { const t = (a + b) % 1000; a = b; b = t; }',
  'a list':
    'const xs = Array.from({ length: 1e6 }, (_, i) => i); let sum = 0; for (let k = 0; k < 30; k++) for (let i = 0; i < xs.length; i++) sum += xs[i]!;',
  'a list, by value':
    'const ys = Array.from({ length: 1e6 }, (_, i) => i); let all = 0; for (let k = 0; k < 20; k++) for (const y of ys) all += y;',
  'a function of the cell':
    'const step = (n: number) => n * 2 + 1; let s = 0; for (let i = 0; i < 5e7; i++) s = step(s) % 1000;',
  'Math.sqrt': 'let roots = 0; for (let i = 0; i < 5e7; i++) roots += Math.sqrt(i);',
  'a loop with var': 'var v = 0; for (var i = 0; i < 5e7; i++) v += i % 7;',
  recursion: 'function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); } fib(32);',
};

const notebook = new Notebook({
  cwd: tmpdir(),
  maps: new SourceMaps(),
  runCode: (start) => start(),
  display: () => undefined,
});
notebook.provide({ wait: (value: unknown) => value, each: (values: unknown) => values });
let count = 0;

/** Runs a cell; what it takes to compile it is the same both ways, and a few ms. */
async function time(source: string): Promise<number> {
  const before = process.cpuUsage();
  await notebook.execute(source, `cell-${++count}.ts`);
  const { user, system } = process.cpuUsage(before);
  notebook.settle(true);
  return (user + system) / 1000;
}

const rounds = Number(process.argv[2] ?? 5);
for (const [name, loop] of Object.entries(LOOPS)) {
  const cell: number[] = [];
  const inFunction: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // A different text each time, so that V8 optimizes it again.
    const own = `/* ${round} */ `;
    cell.push(await time(`${own}${loop} 0`));
    inFunction.push(await time(`${own}(() => { ${loop} })(); 0`));
  }
  const [a, b] = [Math.min(...cell), Math.min(...inFunction)];
  console.log(
    `${name.padEnd(24)} cell ${a.toFixed(0).padStart(5)}  function ${b.toFixed(0).padStart(5)}  ${(a / b).toFixed(2)}×`,
  );
}
