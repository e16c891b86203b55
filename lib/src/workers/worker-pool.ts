import { join } from 'node:path';
import type { Piscina } from 'piscina';
import { notePackages } from '../recorder/environment/thread-packages';
import { lostInCopy } from '../util/lost-class';
import { SetupError } from '../util/setup-error';
import { loadPiscina } from './load-piscina';
import { isLoadFailure, type WorkerData, type WorkerFunction } from './worker-function';

/** Threads without work end after this time. */
const IDLE_MS = 10_000;

interface Pool {
  threads: Piscina;
  /** Its first element is 1 as soon as one of the threads has loaded the module. */
  loaded: Int32Array;
  running: number;
  idle: NodeJS.Timeout;
}

const pools = new Map<string, Pool>();

/** One pool for each function and number of threads, shared by all that use it. It keeps no process alive. */
async function poolOf(fn: WorkerFunction, threads: number): Promise<Pool> {
  const Threads = await loadPiscina();
  const key = `${threads} ${fn.exportName} ${fn.sha256} ${fn.file}`;
  let pool = pools.get(key);
  if (pool === undefined) pools.set(key, (pool = startPool(Threads, fn, threads, () => pools.delete(key))));
  else pool.idle.refresh();
  return pool;
}

function startPool(Threads: typeof Piscina, fn: WorkerFunction, maxThreads: number, forget: () => void): Pool {
  const loaded = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerData = { ...fn, loaded };
  // At least one thread, so that another one takes the calls that wait for a thread that ended.
  const threads = new Threads({
    filename: join(__dirname, 'call-in-worker.js'),
    workerData,
    minThreads: 1,
    maxThreads,
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
  // What no call waits for, such as the result of one that was just aborted; unheard, it would end the process.
  threads.on('error', () => undefined);
  threads.on('message', notePackages);
  const pool: Pool = { threads, loaded, running: 0, idle: setTimeout(end, IDLE_MS).unref() };
  function end(): void {
    if (pool.running > 0) return void pool.idle.refresh();
    forget();
    void threads.close();
  }
  return pool;
}

/**
 * Calls the function in a thread of its pool.
 *
 * @throws {SetupError} if its module cannot be loaded, else what the function threw, or why its thread ended.
 */
export async function callInPool(
  fn: WorkerFunction,
  threads: number,
  value: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const lost = lostInCopy(value);
  if (lost !== null)
    throw new TypeError(
      `the item holds ${lost}, which cannot be copied to a thread (structured clone); map it to plain data`,
    );
  const pool = await poolOf(fn, threads);
  pool.running++;
  try {
    return await pool.threads.run(value, { signal });
  } catch (error) {
    if (isLoadFailure(error)) throw new SetupError(error.message);
    const code = /^worker exited with code: (\d+)$/.exec((error as Error).message)?.[1];
    if (code === undefined) throw error;
    if (Atomics.load(pool.loaded, 0) === 0)
      throw new SetupError(`cannot load "${fn.file}": it ended its thread (exit code ${code})`, { cause: error });
    throw new Error(`the thread of "${fn.file}" ended (exit code ${code}) before it returned a result`, {
      cause: error,
    });
  } finally {
    pool.running--;
  }
}
