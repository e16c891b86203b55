/** Runs suites, some at a time, and says how each of them went. */
import { step } from '../say.mjs';
import { addCounts, noCounts, summaryLine } from './events.mjs';
import { linesOf } from './lines.mjs';
import { runSuite } from './run-suite.mjs';

/** @typedef {import('./events.mjs').Counts} Counts */

/**
 * @param {Record<string, import('./suites.mjs').Suite>} suites in the order in which they begin
 * @param {import('./run-of-tests.mjs').TestRun} run
 * @param {{ atATime: number, quietLimitMs?: number }} options
 * @returns {Promise<Counts>}
 */
export async function runSuites(suites, run, { atATime, quietLimitMs }) {
  const total = noCounts();
  const left = Object.entries(suites);
  const lane = async () => {
    for (let next = left.shift(); next && !run.isOver; next = left.shift()) {
      const [name, suite] = next;
      const beginMs = performance.now();
      step(`running the suite "${name}"`);
      // Several write at a time: whole lines, each with the name of its suite.
      const output = linesOf((line) => console.log(`[${name}] ${line}`));
      const counts = await runSuite(name, suite, run, output.write, { quietLimitMs });
      output.end();
      step(`suite "${name}": ${summaryLine(counts)}, in ${((performance.now() - beginMs) / 1000).toFixed(0)} s`);
      const named = (/** @type {string} */ text) => `[${name}] ${text}`;
      addCounts(total, { ...counts, failures: counts.failures.map(named), flaky: counts.flaky.map(named) });
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return total;
}
