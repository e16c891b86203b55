import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { currentSession } from '../../../lib/src/recorder/current-session';
import { WorkerThread } from '../../../monitor/src/main/worker-thread';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();
const script = join(folder, 'breaks.cjs');
writeFileSync(
  script,
  `const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage({ kind: 'ready', url: '' });
setInterval(() => { if (Atomics.load(workerData, 0) === 1) throw new Error('broken'); }, 1);
`,
);

it('a worker that fails later is reported, and the pipeline goes on', async () => {
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
  const session = currentSession();
  // An error that comes before main has read of the start is one of the start.
  const mayBreak = new Int32Array(new SharedArrayBuffer(4));
  const { thread } = await WorkerThread.open({ script, workerData: mayBreak, session, keepAlive: false });
  Atomics.store(mayBreak, 0, 1);
  expect((await warned).message).toBe('the monitor has failed and is gone: broken');
  await thread.closed;
  expect(await Dataset.range(10).count()).toBe(10);
});

it('a worker that does not stop is ended', async () => {
  const stuck = join(folder, 'stuck.cjs');
  writeFileSync(
    stuck,
    `const { parentPort } = require('node:worker_threads');
parentPort.postMessage({ kind: 'ready', url: '' });
parentPort.on('message', ({ kind }) => { while (kind === 'stop'); });
`,
  );
  const options = { script: stuck, workerData: null, session: currentSession(), keepAlive: true };
  const { thread } = await WorkerThread.open(options);
  await thread.close();
  await thread.closed;
});
