/**
 * Outlives a run and cleans up behind it: `guard.mjs MARK FOLDER`. When its standard input ends, since the run has
 * ended in whatever way, it ends every process with the mark and removes the folder of temporary files.
 */
import { rmSync } from 'node:fs';
import { endMarked } from './processes.mjs';

const [mark, folder] = process.argv.slice(2);
// A signal that ends the group of the run must not end this process before it has cleaned up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.resume();
process.stdin.once('end', async () => {
  await endMarked(mark);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
