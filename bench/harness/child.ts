/**
 * The process of one variant: `child RACE VARIANT`. For each line on its standard input it does one run and prints a
 * line of JSON, `{ ms, cpuMs, answer }`. The Python peers use the same protocol.
 */
import { createInterface } from 'node:readline';
import { findRace } from '../races';

const [raceName, variantName] = process.argv.slice(2);
const variant = findRace(raceName!).variants.find(({ name }) => name === variantName);
const say = (message: object): boolean => process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  const run = await variant!.prepare!();
  say({ ready: true });
  for await (const _ of createInterface(process.stdin)) {
    const before = process.cpuUsage();
    const start = process.hrtime.bigint();
    const answer = await run();
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    const { user, system } = process.cpuUsage(before);
    say({ ms, cpuMs: (user + system) / 1e3, answer });
  }
} catch (error) {
  say({ error: (error as Error).message });
}
process.exit();
