/**
 * `npm run check`: everything about the code that can be said without running it. Shows all problems, not only the
 * first.
 */
import './support/node-version.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { startTestRun } from './support/running/run-of-tests.mjs';
import { runSuite } from './support/running/run-suite.mjs';
import { suites } from './support/running/suites.mjs';
import { Problem, main } from './support/say.mjs';

await main(async () => {
  await ensureNodePackages();
  const run = startTestRun();
  const { failed } = await runSuite('check', suites.check, run, (text) => process.stdout.write(text));
  await run.close();
  if (failed > 0) throw new Problem(`${failed} ${failed === 1 ? 'check' : 'checks'} failed.`);
});
