/** Runs one program of a suite, for as long as something happens in it. */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { root } from '../paths.mjs';

/** How often the watch looks, and after how long without a sign of life it ends the program. */
const LOOK_MS = 1_000;
const QUIET_LIMIT_MS = 10 * 60_000;

/**
 * @typedef {object} Ending
 * @property {number | null} code null where a signal ended it, or it could not be started
 * @property {'ended' | 'quiet' | 'not started'} how `quiet`: it was ended, since nothing had happened for too long
 */

/**
 * @param {object} options
 * @param {string[]} options.command
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.events a file that grows while it works
 * @param {(text: string) => void} options.write takes its output
 * @param {() => Promise<unknown>} options.end ends it, with all that it has started
 * @param {number} [options.quietLimitMs]
 * @returns {Promise<Ending>}
 */
export function runWatched({ command, env, events, write, end, quietLimitMs = QUIET_LIMIT_MS }) {
  return new Promise((resolve) => {
    /** @type {Ending['how']} */
    let how = 'ended';
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl+C in the terminal reaches us alone, and we end it.
      detached: true,
    });
    let quietMs = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        quietMs = 0;
        write(text);
      });
    }
    // Looks are counted, not the time between them: a machine that slept, or was too busy to look, has not waited.
    let size = 0;
    const watch = setInterval(() => {
      const before = size;
      size = statSync(events, { throwIfNoEntry: false })?.size ?? 0;
      quietMs = size === before ? quietMs + LOOK_MS : 0;
      if (quietMs >= quietLimitMs && how === 'ended') {
        how = 'quiet';
        void end();
      }
    }, LOOK_MS);
    child.once('error', () => (how = 'not started'));
    // What it left running would hold its output open.
    child.once('exit', () => void end());
    child.once('close', async (code) => {
      clearInterval(watch);
      await end();
      resolve({ code, how });
    });
  });
}
