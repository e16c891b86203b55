import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SourceContents } from 'stemma-document';
import type { HashReply, HashRequest } from './hash-worker';

type Resolve = (contents: SourceContents | null) => void;

let worker: Worker | null = null;
let requests = 0;
const waiting = new Map<number, Resolve>();

/**
 * What is in files: nothing of it is read in this thread. Null where one cannot be read. A program that ends does not
 * wait for it.
 */
export function hashFiles(files: readonly string[]): Promise<SourceContents | null> {
  return new Promise((resolve) => {
    const id = ++requests;
    waiting.set(id, resolve);
    try {
      worker ??= start();
      worker.postMessage({ id, folder: process.cwd(), files } satisfies HashRequest);
    } catch {
      giveUp();
    }
  });
}

function start(): Worker {
  const started = new Worker(join(__dirname, 'hash-worker.js'));
  started.on('message', ({ id, contents }: HashReply) => {
    waiting.get(id)?.(contents);
    waiting.delete(id);
  });
  started.on('error', giveUp);
  started.on('exit', giveUp);
  // Last: a listener for messages would keep the process alive again.
  started.unref();
  return started;
}

/** There is no such thread: what it was asked for is not known. */
function giveUp(): void {
  worker = null;
  for (const resolve of waiting.values()) resolve(null);
  waiting.clear();
}
