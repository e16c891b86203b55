/** A run of tests with one suite, which hangs: as scripts/test.mjs starts one. `run.mjs FILE` */
import { startTestRun } from '../../../../../scripts/support/running/run-of-tests.mjs';
import { runSuites } from '../../../../../scripts/support/running/run-suites.mjs';
import { summaryLine } from '../../../../../scripts/support/running/events.mjs';

const run = startTestRun();
run.endOnSignals();
const sample = { name: 'hangs', command: [process.execPath, sampleFile(), 'suite', process.argv[2]], reports: true };
const suites = { first: { programs: () => [sample] }, second: { programs: () => [sample] } };
const counts = await runSuites(suites, run, { atATime: 1 });
await run.close();
console.log(summaryLine(counts));

function sampleFile() {
  return new URL('hangs.mjs', import.meta.url).pathname;
}
