/** Entry of the front thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ToFront } from '../threads/messages';
import { SharedState } from '../threads/shared-state';
import type { Connection } from '../wire/connection';
import { log } from '../threads/log';
import { Front } from './front';
import { watchParent } from './parent-watch';

export interface FrontData {
  connection: Connection;
  memory: SharedArrayBuffer;
}

const { connection, memory } = workerData as FrontData;
const port = parentPort!;
const front = new Front(connection, new SharedState(memory), (message) => port.postMessage(message));

port.on('message', (message: ToFront) => front.obey(message));
watchParent(() => front.shutDown());
process.on('uncaughtException', (error) => log(`error in the thread of the sockets: ${error.stack ?? error.message}`));

front.start().catch((error: Error) => {
  log(`cannot bind the sockets of the connection file: ${error.message}`);
  process.kill(process.pid, 'SIGTERM');
});
