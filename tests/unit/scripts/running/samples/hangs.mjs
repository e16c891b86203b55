/**
 * A suite that hangs after two tests, with a process of a session of its own, and one of that one: as JupyterLab's
 * kernels are. Once all run, it writes their ids into the file that it is given.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { EVENTS, appendEvent } from '../../../../../scripts/support/running/events.mjs';

const [role, file] = process.argv.slice(2);
const events = /** @type {string} */ (process.env[EVENTS]);
if (role === 'suite') {
  appendEvent(events, { test: 'one', state: 'passed' });
  appendEvent(events, { test: 'two', state: 'passed' });
  spawn(process.execPath, [process.argv[1], 'server', file, String(process.pid)], { detached: true, stdio: 'ignore' });
} else if (role === 'server') {
  const pids = [...process.argv.slice(4), process.pid];
  spawn(process.execPath, [process.argv[1], 'kernel', file, ...pids.map(String)], { detached: true, stdio: 'ignore' });
} else {
  writeFileSync(file, JSON.stringify([...process.argv.slice(4).map(Number), process.pid]));
}
setInterval(() => undefined, 1_000);
