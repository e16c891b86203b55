import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { currentSession } from '../recorder/current-session';
import { summaryOf } from './summary';
import { print, warn } from './terminal';

const SAVER = path.join(__dirname, 'save-piped.js');

/**
 * Writes the record to `out` where the pipeline's code calls `process.exit` before the run has ended, unless `isKilled`
 * returns true then. Returns a function that takes this back.
 */
export function saveAtExit(out: string, isKilled: () => boolean): () => void {
  const save = (exitCode: number): void => {
    if (isKilled()) return;
    const reason = `the process was ended by process.exit(${exitCode}) before the run had ended`;
    const session = currentSession();
    session.end(reason, { how: 'exited', exitCode });
    warn(`stemma: ${reason}`);
    const document = session.document();
    if (document.runs.length === 0) return;
    // Nothing asynchronous happens any more in this process.
    const input = JSON.stringify(document);
    const { status } = spawnSync(process.execPath, [SAVER, out], { input, stdio: ['pipe', 'inherit', 'inherit'] });
    if (status === 0) print(`${summaryOf(document)}\nprovenance written to ${out}`);
  };
  process.once('exit', save);
  return () => process.off('exit', save);
}
