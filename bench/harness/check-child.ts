/** The process of one check: `check-child.ts CHECK RUNS QUICK`. Its last line is the result as JSON. */
import { findCheck } from '../checks';

const [name, runs, quick] = process.argv.slice(2);
const measurements = await findCheck(name!).measure({ runs: Number(runs), quick: quick === 'true' });
process.stdout.write(`\n${JSON.stringify(measurements)}\n`, () => process.exit());
