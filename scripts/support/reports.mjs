/** Reads the machine-readable reports of the test runners. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest's JSON report, or null where there is none.
 * @param {string} file
 * @returns {Counts | null}
 */
export function readVitestReport(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failed = report.numFailedTests;
  return {
    passed: report.numPassedTests,
    // A file that cannot even be loaded fails without a failed test.
    failed: failed === 0 && !report.success ? Math.max(1, report.numFailedTestSuites) : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * pytest's JUnit report, or null where there is none.
 * @param {string} file
 * @returns {Counts | null}
 */
export function readJunitReport(file) {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const suite = /<testsuite\s[^>]*>/.exec(text)?.[0] ?? '';
  const number = (/** @type {string} */ name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  return { passed: Math.max(0, number('tests') - failed - skipped), failed, skipped };
}

/** @param {Counts} counts */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
