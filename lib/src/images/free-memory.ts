import { setFlagsFromString } from 'node:v8';
import { setImmediate as turn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Collects garbage in this thread, now. V8 does not see how much memory behind its few objects waits for it: pixels
 * that sharp returned, and memories of WebAssembly.
 */
export async function freeMemory(): Promise<void> {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
  // Node gives memory from outside back in the next turn of the event loop; this thread may wait for work before that.
  await turn();
}
