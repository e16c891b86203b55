import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { DecodedImage, DecodeRequest } from './request';

type Pool = Piscina<DecodeRequest, DecodedImage>;

/** After so long without a request the threads end and give their memory back. */
const IDLE_MS = 60_000;

let pool: Pool | null = null;
let idle: NodeJS.Timeout | null = null;

/** Decodes in a thread of the pool, one for each core, started when the first image comes. They keep no process alive. */
export async function decodeInPool(request: DecodeRequest): Promise<DecodedImage> {
  pool ??= startPool();
  idle ??= setTimeout(endPool, IDLE_MS).unref();
  idle.refresh();
  if (typeof request.source === 'string') return pool.run(request);
  const source = new Uint8Array(request.source);
  return pool.run({ ...request, source }, { transferList: [source.buffer] });
}

function startPool(): Pool {
  const threads = availableParallelism();
  const started: Pool = new Piscina({
    filename: join(__dirname, 'decode-worker.js'),
    minThreads: threads,
    maxThreads: threads,
    // The next request waits in the thread already: a core that is done with one image need not wait for the main thread.
    concurrentTasksPerWorker: 2,
    execArgv: [],
  });
  // What no request waits for, such as the end of a thread without work; unheard, it would end the process.
  started.on('error', () => undefined);
  return started;
}

/** Waits for what is still being decoded. */
function endPool(): void {
  void pool?.close();
  pool = null;
  idle = null;
}
