/**
 * `npm test`: sets up what the tests need, runs every suite, and ends with one summary line over all of them.
 *
 *     npm test -- [check] [unit] [kernel] [demo] [browser]
 */
import './support/node-version.mjs';
import { ensureBuilt } from './support/build-steps.mjs';
import { ensureDigits } from './support/demo-data.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { ensurePythonPackages, requirePython } from './support/python.mjs';
import { summaryLine } from './support/reports.mjs';
import { Problem, main, step } from './support/say.mjs';

/** @typedef {import('./support/reports.mjs').Counts} Counts */

const total = { passed: 0, failed: 0, skipped: 0 };

await main(async () => {
  requirePython();
  await ensureNodePackages();
  // Imported late: the suites need the npm packages.
  const { suites } = await import('./support/suites.mjs');
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in suites));
  if (unknown) throw new Problem(`there is no suite "${unknown}": choose from ${Object.keys(suites).join(', ')}.`);

  await ensurePythonPackages('requirements-test', { mayInstall: true });
  await ensureBuilt();
  await ensureDigits();
  for (const name of names.length > 0 ? names : Object.keys(suites)) {
    step(`running the suite "${name}"`);
    const counts = await countsOf(suites[name]);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    step(`suite "${name}": ${summaryLine(counts)}`);
  }
});

// Something failed before or between the suites: the count must say so too.
if (process.exitCode) total.failed = Math.max(1, total.failed);
if (total.failed > 0) process.exitCode = 1;
console.log(summaryLine(total));

/**
 * A suite that dies without a report, or in which nothing ran, counts as one failure.
 * @param {() => Promise<Counts | null>} suite
 * @returns {Promise<Counts>}
 */
async function countsOf(suite) {
  const counts = await suite().catch((error) => {
    console.error(error instanceof Problem ? `stemma: ${error.message}` : error);
    return null;
  });
  const ran = counts !== null && counts.passed + counts.failed > 0;
  return ran ? counts : { passed: 0, failed: 1, skipped: counts?.skipped ?? 0 };
}
