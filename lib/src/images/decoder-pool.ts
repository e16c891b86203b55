import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { DecodedImage, DecodeRequest } from './request';

/** Threads that nobody needs end after so long, and give their memory back. */
const IDLE_MS = 10_000;

let pool: Piscina<DecodeRequest, DecodedImage> | null = null;

/** Decodes in a thread of the pool, one for each core, started when the first images come. They keep no process alive. */
export function decodeInPool(request: DecodeRequest): Promise<DecodedImage> {
  pool ??= new Piscina({
    filename: join(__dirname, 'decode-worker.js'),
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
  if (typeof request.source === 'string') return pool.run(request);
  const source = new Uint8Array(request.source);
  return pool.run({ ...request, source }, { transferList: [source.buffer] });
}
