import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJunitReport, readVitestReport, summaryLine } from '../../../scripts/support/reports.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

describe('the counts of a suite', () => {
  const folder = temporaryFolder();
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, numFailedTestSuites: 0 };

  it("come from vitest's report", () => {
    const report = file('good.json', JSON.stringify({ ...vitest, success: true }));
    expect(readVitestReport(report)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  it('have a failure where a test file could not be loaded', () => {
    const report = file('bad.json', JSON.stringify({ ...vitest, success: false, numFailedTestSuites: 2 }));
    expect(readVitestReport(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it("come from pytest's report, where errors are failures too", () => {
    const suite = '<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.5">';
    const report = file('kernel.xml', `<?xml version="1.0"?><testsuites>${suite}</testsuite></testsuites>`);
    expect(readJunitReport(report)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('are unknown without a report', () => {
    expect(readVitestReport(join(folder, 'none.json'))).toBeNull();
    expect(readJunitReport(join(folder, 'none.xml'))).toBeNull();
  });

  it('end in one line', () => {
    expect(summaryLine({ passed: 4, failed: 3, skipped: 3 })).toBe('4 passed, 3 failed, 3 skipped');
  });
});
