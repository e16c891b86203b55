import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

/** Threads that nobody needs end after so long. */
const IDLE_MS = 10_000;

const pools = new Map<string, Piscina>();

/** A pool of threads for a module: one for each module and number of threads, shared by all that use it. They keep no process alive. */
export function workerPool(filename: string, threads = availableParallelism()): Piscina {
  const key = `${threads} ${filename}`;
  let pool = pools.get(key);
  if (pool === undefined) {
    pool = new Piscina({ filename, minThreads: 0, maxThreads: threads, idleTimeout: IDLE_MS, execArgv: [] });
    // What no call waits for, such as the answer to one that was just aborted; unheard, it would end the process.
    pool.on('error', () => undefined);
    pools.set(key, pool);
  }
  return pool;
}
