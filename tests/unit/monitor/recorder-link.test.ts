import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { Sessions } from '../../../monitor/src/record/sessions';
import { RecorderLink } from '../../../monitor/src/worker/recorder-link';

it('clients that come and go while others follow do not make the recorder work', async () => {
  const { port1, port2 } = new MessageChannel();
  const told: unknown[] = [];
  port2.on('message', (message) => told.push(message));
  const link = new RecorderLink(port1, new Sessions());
  for (const count of [1, 2, 3, 2, 1, 0]) link.follow(count > 0);
  link.close();
  port1.close();
  await new Promise((resolve) => port2.once('close', resolve));
  expect(told).toEqual([
    { kind: 'followed', isFollowed: true },
    { kind: 'followed', isFollowed: false },
  ]);
});
