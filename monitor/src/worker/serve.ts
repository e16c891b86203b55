/** The worker thread that serves: started by `monitor.start`. */
import { parentPort, workerData } from 'node:worker_threads';
import { startServer } from '../http/server';
import { Sessions } from '../record/sessions';
import type { ToMain, ToWorker } from '../threads/messages';
import { version } from '../version';
import { RecorderLink } from './recorder-link';
import type { ServeData } from './serve-data';

const port = parentPort!;
const sessions = new Sessions();
const link = new RecorderLink(port, sessions);
const post = (message: ToMain): void => port.postMessage(message);

const listen = { ...(workerData as ServeData), keepAlive: true };
const refresh = (): Promise<void> => link.refresh();
const starting = startServer({ listen, version, sessions, refresh, onFollowers: (count) => link.follow(count > 0) });

port.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') void stop();
  else link.receive(message);
});

starting.then(
  ({ url }) => post({ kind: 'ready', url }),
  (error: Error) => {
    post({ kind: 'failed', message: error.message });
    port.close();
  },
);

async function stop(): Promise<void> {
  link.close();
  await (await starting).close();
  port.close();
}
