/** One run of tests: what it starts has its mark, its temporary files are in one folder, and neither outlives it. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { step } from '../say.mjs';
import { MARK, endMarked, markOf } from './processes.mjs';

/**
 * @typedef {object} TestRun
 * @property {boolean} isOver whether it was ended early: nothing more is to be started
 * @property {(part: string) => NodeJS.ProcessEnv} environment what the processes of a part inherit
 * @property {(part: string) => Promise<string[]>} endPart ends what is left of a part
 * @property {() => Promise<void>} end ends all that runs
 * @property {() => void} endOnSignals ends on Ctrl+C and the like; what has not run by then counts as one failure of
 * its suite
 * @property {() => Promise<void>} close cleans up behind it
 */

/** @returns {TestRun} */
export function startTestRun() {
  const mark = markOf(`${process.pid}-${Date.now().toString(36)}`);
  const folder = mkdtempSync(join(tmpdir(), 'stemma-run-'));
  // The guard is not of the run, which it survives: it has neither its mark nor its process group.
  const { [MARK]: _outer, ...env } = process.env;
  const guard = spawn(process.execPath, [inRoot('scripts', 'support', 'running', 'guard.mjs'), mark, folder], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const guarded = new Promise((resolve) => {
    guard.once('exit', resolve);
    guard.once('error', resolve);
  });
  return {
    isOver: false,
    environment: (part) => ({ [MARK]: `${mark}/${part}`, TMPDIR: folder }),
    endPart: (part) => endMarked(`${mark}/${part}`),
    async end() {
      this.isOver = true;
      await endMarked(mark);
    },
    endOnSignals() {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => {
          step(`${signal}: ending what runs`);
          void this.end();
        });
      }
    },
    async close() {
      guard.stdin.end();
      await guarded;
    },
  };
}
