import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { currentSession } from 'stemma/dist/recorder/session.js';
import { WorkerThread } from 'stemma-monitor/dist/main/worker-thread.js';
import { temporaryFolder } from '../../support/temporary-folder';

const script = join(temporaryFolder(), 'breaks.cjs');
writeFileSync(
  script,
  `const { parentPort } = require('node:worker_threads');
parentPort.postMessage({ kind: 'ready', url: '' });
parentPort.once('message', () => setImmediate(() => { throw new Error('broken'); }));
`,
);

it('a worker that fails later is told of, and the pipeline goes on', async () => {
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
  const session = currentSession();
  const { thread } = await WorkerThread.open({ script, workerData: null, session, keepAlive: false });
  expect((await warned).message).toBe('the monitor has failed and is gone: broken');
  await thread.closed;
  expect(await Dataset.range(10).count()).toBe(10);
});
