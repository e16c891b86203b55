import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Piscina } from 'piscina';
import { notePackages } from '../recorder/environment/thread-packages';
import { loadPiscina } from '../workers/load-piscina';
import type { DecodedImage, DecodeRequest } from './request';
import { endWork, newSharedState, type SharedState } from './shared-state';

interface Pool {
  threads: Piscina<DecodeRequest, DecodedImage>;
  state: SharedState;
}

/** After this time without a request the threads end and give their memory back. */
const IDLE_MS = 60_000;
/** How long the end of the process waits for images that are being decoded. */
const EXIT_MS = 10_000;

let pool: Pool | null = null;
let idle: NodeJS.Timeout | null = null;

/**
 * Decodes in a thread of the pool, one for each core, started when the first image comes. They keep no process alive.
 */
export async function decodeInPool(request: DecodeRequest): Promise<DecodedImage> {
  const Threads = await loadPiscina();
  pool ??= startPool(Threads);
  idle ??= setTimeout(endPool, IDLE_MS).unref();
  idle.refresh();
  const { threads } = pool;
  if (typeof request.source === 'string') return threads.run(request);
  const source = new Uint8Array(request.source);
  return threads.run({ ...request, source }, { transferList: [source.buffer] });
}

function startPool(Threads: typeof Piscina): Pool {
  const threads = availableParallelism();
  const state = newSharedState();
  const started: Pool['threads'] = new Threads({
    filename: join(__dirname, 'decode-worker.js'),
    workerData: state,
    minThreads: threads,
    maxThreads: threads,
    // The next request waits in the thread already: a core that is done with one image need not wait for the main
    // thread.
    concurrentTasksPerWorker: 2,
    execArgv: [],
  });
  // What no request waits for, such as the end of a thread without work; unheard, it would end the process.
  started.on('error', () => undefined);
  started.on('message', notePackages);
  process.on('exit', endAtExit);
  return { threads: started, state };
}

/** A thread that is ended within native code aborts the process. */
function endAtExit(): void {
  if (pool !== null) endWork(pool.state, EXIT_MS);
}

/** Waits for what is still being decoded. */
function endPool(): void {
  const ended = pool;
  pool = null;
  idle = null;
  process.off('exit', endAtExit);
  void ended?.threads.close();
}
