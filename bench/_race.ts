import { findRace } from './races';
import { printRace } from './harness/print';
import { runRace } from './harness/run-race';
for (const n of process.argv.slice(3)) console.log(printRace(await runRace(findRace(n), Number(process.argv[2]))));
