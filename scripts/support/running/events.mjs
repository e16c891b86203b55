/**
 * What the test runners report while they run: a line of JSON for each test that is done, and one at the end. So the
 * counts are right, too, where a runner is killed.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The environment variable that names the file. */
export const EVENTS = 'STEMMA_TEST_EVENTS';

/**
 * @typedef {{ test: string, state: 'passed' | 'failed' | 'skipped', flaky?: boolean, why?: string } | { end: true }}
 * TestEvent
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures a text for each that failed: its name, and why as far as that is known
 * @property {string[]} flaky the same for each that failed, and passed when it was run again
 */

/** @returns {Counts} */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] };
}

/**
 * @param {Counts} total
 * @param {Counts} counts
 */
export function addCounts(total, counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  total.failures.push(...counts.failures);
  total.flaky.push(...counts.flaky);
}

/**
 * @param {Counts} counts
 * @param {string} failure
 */
export function addFailure(counts, failure) {
  counts.failed++;
  counts.failures.push(failure);
}

/**
 * @param {string} file
 * @param {TestEvent} event
 */
export function appendEvent(file, event) {
  appendFileSync(file, `${JSON.stringify(event)}\n`);
}

/**
 * @param {string} file
 * @returns {{ counts: Counts, hasEnded: boolean }}
 */
export function readEvents(file) {
  const counts = noCounts();
  let hasEnded = false;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // The last line is only half there where the runner was killed while it wrote.
  for (const line of text.split('\n').slice(0, -1)) {
    const event = /** @type {TestEvent} */ (JSON.parse(line));
    if ('end' in event) hasEnded = true;
    else {
      const text = [event.test, ...(event.why ? [event.why] : [])].join('\n');
      counts[event.state]++;
      if (event.state === 'failed') counts.failures.push(text);
      if (event.flaky) counts.flaky.push(text);
    }
  }
  return { counts, hasEnded };
}

/** @param {Pick<Counts, 'passed' | 'failed' | 'skipped'>} counts */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
