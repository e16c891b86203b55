import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DvcFacts, SourceContents, WrittenFile } from 'stemma-document';
import type { HashReply, HashRequest } from './hash-worker';

type Resolve = (reply: Partial<HashReply>) => void;
type Wanted<Request = HashRequest> = Request extends HashRequest ? Omit<Request, 'id' | 'folder'> : never;

let worker: Worker | null = null;
let requests = 0;
const waiting = new Map<number, Resolve>();

/**
 * What is in files: nothing of it is read in this thread. Null where one cannot be read. A program that ends does not
 * wait for it. `given`: what the source was given, where that is one path.
 */
export async function hashFiles(files: readonly string[], given?: string): Promise<SourceContents | null> {
  const { contents = null } = await ask({ files, given });
  return contents;
}

/** What DVC knows of what was written, under the same terms. */
export async function dvcOf({ path: written, md5 }: WrittenFile): Promise<DvcFacts | undefined> {
  const { dvc } = await ask({ written, md5 });
  return dvc;
}

function ask(wanted: Wanted): Promise<Partial<HashReply>> {
  return new Promise((resolve) => {
    const id = ++requests;
    waiting.set(id, resolve);
    try {
      worker ??= start();
      worker.postMessage({ id, folder: process.cwd(), ...wanted } satisfies HashRequest);
    } catch {
      giveUp();
    }
  });
}

function start(): Worker {
  const started = new Worker(join(__dirname, 'hash-worker.js'));
  started.on('message', (reply: HashReply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
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
  for (const resolve of waiting.values()) resolve({});
  waiting.clear();
}
