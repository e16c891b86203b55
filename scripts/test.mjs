/**
 * `npm test`: sets up what the tests need, runs the suites, two at a time, and ends with one summary line over all of
 * them.
 *
 *     npm test -- [check] [unit] [kernel] [demo] [browser] [neighbours] [packaging] [smoke] [soak]
 *
 * Without a name these are the first five, which `usual` names together.
 */
import './support/node-version.mjs';
import { ensureBuilt } from './support/build-steps.mjs';
import { ensureDigits } from './support/demo-data.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { ensurePythonPackages, requirePython } from './support/python.mjs';
import { noCounts, summaryLine } from './support/running/events.mjs';
import { startTestRun } from './support/running/run-of-tests.mjs';
import { runSuites } from './support/running/run-suites.mjs';
import { USUAL, suites } from './support/running/suites.mjs';
import { Problem, main } from './support/say.mjs';

const AT_A_TIME = 2;

let total = noCounts();
const run = startTestRun();
run.endOnSignals();
// What prepares the tests is of the run, too.
Object.assign(process.env, run.environment('setup'));

await main(async () => {
  const given = process.argv.slice(2);
  const names = (given.length > 0 ? given : ['usual']).flatMap((name) => (name === 'usual' ? USUAL : [name]));
  const unknown = names.find((name) => !(name in suites));
  if (unknown) throw new Problem(`there is no suite "${unknown}": choose from ${Object.keys(suites).join(', ')}.`);

  requirePython();
  await ensureNodePackages();
  await ensurePythonPackages('requirements-test', { mayInstall: true });
  await ensureBuilt();
  await ensureDigits();
  total = await runSuites(Object.fromEntries(names.map((name) => [name, suites[name]])), run, { atATime: AT_A_TIME });
});
await run.close();

// Something failed before the suites, or they did not all run: the count must say so too.
if (process.exitCode || run.isOver) total.failed = Math.max(1, total.failed);
if (total.failed > 0) process.exitCode = 1;
// Once more, so that a log of which only the end is kept tells what failed.
for (const text of total.flaky) console.log(`flaky, passed when it was run again: ${text}`);
for (const text of total.failures) console.log(`failed: ${text}`);
console.log(summaryLine(total));
