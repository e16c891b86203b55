/** Runs the programs of a suite and counts their tests. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../paths.mjs';
import { Problem } from '../say.mjs';
import { EVENTS, addCounts, addFailure, noCounts, readEvents } from './events.mjs';
import { linesOf } from './lines.mjs';
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
  const total = noCounts();
  try {
    for (const program of await suite.programs()) {
      if (run.isOver) break;
      addCounts(total, await runProgram(name, program, run, write, options));
    }
  } catch (error) {
    const why = `${error instanceof Problem ? error.message : /** @type {Error} */ (error).stack}`;
    write(`${why}\n`);
    addFailure(total, why);
  }
  // One in which nothing ran has not passed.
  if (total.passed + total.failed === 0) addFailure(total, 'no test has run');
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
  // The last lines tell why a program failed that reports no tests.
  /** @type {string[]} */
  const last = [];
  const output = linesOf((line) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  });
  const { code, how } = await runWatched({
    command: program.command,
    env: { ...(program.env ?? process.env), ...run.environment(part), [EVENTS]: events },
    events,
    write: (text) => {
      write(text);
      output.write(text);
    },
    end: () => run.endPart(part),
    quietLimitMs,
  });
  if (!program.reports) {
    write(`check ${code === 0 ? 'passed' : 'FAILED'}: ${program.name}\n`);
    const counts = noCounts();
    if (code === 0) counts.passed++;
    else addFailure(counts, [program.name, ...last].join('\n'));
    return counts;
  }
  const { counts, hasEnded } = readEvents(events);
  /** @param {string} why */
  const fail = (why) => {
    write(`${why}\n`);
    addFailure(counts, why);
  };
  // Its tests say how it went; where it did not come to their end, or fails without a failed test, that is a failure of
  // its own.
  if (!hasEnded) {
    fail(`${program.name} ${ENDINGS[how]}: what had not ended by then counts as one failure`);
  } else if (code !== 0 && counts.failed === 0) {
    fail(`${program.name} ended with code ${code}, though no test has failed`);
  }
  return counts;
}

const LAST_LINES = 20;

const ENDINGS = {
  ended: 'ended early',
  quiet: 'was stopped, since nothing had happened in it for minutes',
  'not started': 'could not be started',
};
