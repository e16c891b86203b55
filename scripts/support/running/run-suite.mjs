/** Runs the programs of a suite and counts their tests. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../paths.mjs';
import { Problem } from '../say.mjs';
import { EVENTS, readEvents } from './events.mjs';
import { runWatched } from './watched.mjs';

/** @typedef {import('./events.mjs').Counts} Counts */

/**
 * @param {string} name
 * @param {import('./suites.mjs').Suite} suite
 * @param {import('./run-of-tests.mjs').TestRun} run
 * @param {(text: string) => void} write takes what its programs print
 * @param {{ quietLimitMs?: number }} [options]
 * @returns {Promise<Counts>}
 */
export async function runSuite(name, suite, run, write, options = {}) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const program of await suite.programs()) {
      if (run.isOver) break;
      const counts = await runProgram(name, program, run, write, options);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } catch (error) {
    write(`${error instanceof Problem ? error.message : /** @type {Error} */ (error).stack}\n`);
    total.failed++;
  }
  // One in which nothing ran has not passed.
  if (total.passed + total.failed === 0) total.failed = 1;
  return total;
}

/**
 * @param {string} suite
 * @param {import('./suites.mjs').Program} program
 * @param {import('./run-of-tests.mjs').TestRun} run
 * @param {(text: string) => void} write
 * @param {{ quietLimitMs?: number }} options
 * @returns {Promise<Counts>}
 */
async function runProgram(suite, program, run, write, { quietLimitMs }) {
  const part = `${suite}-${program.name}`.replace(/\W+/g, '-');
  const events = join(stateFolder, 'reports', `${part}.jsonl`);
  mkdirSync(join(stateFolder, 'reports'), { recursive: true });
  rmSync(events, { force: true });
  const { code, how } = await runWatched({
    command: program.command,
    env: { ...(program.env ?? process.env), ...run.environment(part), [EVENTS]: events },
    events,
    write,
    end: () => run.endPart(part),
    quietLimitMs,
  });
  if (!program.reports) {
    write(`check ${code === 0 ? 'passed' : 'FAILED'}: ${program.name}\n`);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  }
  const { counts, hasEnded } = readEvents(events);
  // Its tests say how it went; where it did not come to their end, or fails without a failed test, that is a failure of its own.
  if (!hasEnded) {
    write(`${program.name} ${ENDINGS[how]}: what had not ended by then counts as one failure\n`);
    counts.failed++;
  } else if (code !== 0 && counts.failed === 0) {
    write(`${program.name} ended with code ${code}, though no test has failed\n`);
    counts.failed++;
  }
  return counts;
}

const ENDINGS = {
  ended: 'ended early',
  quiet: 'was stopped, since nothing had happened in it for minutes',
  'not started': 'could not be started',
};
