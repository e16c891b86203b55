/**
 * `npm run bench [-- NAME…] [--quick] [--runs N] [--json FILE]`: how fast the library is, and what recording costs,
 * beside its peers in the same run. Without names: everything but what has a folder of its own (`kernel`, `panel`,
 * `monitor`), which runs by its name.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from './checks';
import { compileChildren, compileLibrary } from './harness/compile';
import { describeMachine } from './harness/machine';
import { printCheck, printRace } from './harness/print';
import { runCheck } from './harness/run-check';
import { runRace } from './harness/run-race';
import { races } from './races';

const SUITES = ['kernel', 'panel', 'monitor'];
const RUNS = 5;
const QUICK_RUNS = 3;

async function runSuite(name: string, args: string[]): Promise<void> {
  const module = join(import.meta.dirname, name, 'run.ts');
  if (!existsSync(module)) throw new Error(`no benchmark "${name}" in this checkout: bench/${name}/run.ts is missing`);
  const { run } = (await import(module)) as { run: (args: string[]) => Promise<void> };
  await run(args);
}

async function runAll(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, runs: { type: 'string' } },
  });
  const known = [...races, ...checks].map(({ name }) => name);
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`no benchmark "${unknown}"; there are: ${[...known, ...SUITES].join(', ')}`);
  const runs = values.runs === undefined ? (values.quick ? QUICK_RUNS : RUNS) : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`invalid --runs: ${values.runs} (a whole number from 1)`);
  const wanted = ({ name }: { name: string }): boolean => positionals.length === 0 || positionals.includes(name);

  compileLibrary();
  await compileChildren();
  const machine = describeMachine();
  const { processor, cores, memoryGiB, node, load } = machine;
  console.log(`Node ${node}, ${processor}, ${cores} cores, ${memoryGiB} GiB, load ${load}; medians of ${runs} runs\n`);
  const report = { machine, races: [] as object[], checks: [] as object[] };
  for (const race of races.filter(wanted)) {
    const result = await runRace(race, runs);
    report.races.push(result);
    console.log(printRace(result));
  }
  for (const check of checks.filter(wanted)) {
    const result = await runCheck(check, runs, values.quick);
    report.checks.push(result);
    console.log(printCheck(result));
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

const [first, ...rest] = process.argv.slice(2);
try {
  if (first !== undefined && SUITES.includes(first)) await runSuite(first, rest);
  else await runAll(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
