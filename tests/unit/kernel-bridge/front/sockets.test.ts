import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Dealer } from 'zeromq';
import { Sockets } from '../../../../kernel-bridge/src/front/sockets';
import { makeFolder, removeFolder } from '../../../support/make-folder';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

describe('Sockets', () => {
  it('serves the next message after one that failed', async () => {
    const served: string[] = [];
    let onServed = (): void => undefined;
    const sockets = new Sockets({
      onFrames: (_channel, frames) => {
        const text = Buffer.from(frames.at(-1)!).toString();
        if (text === 'bad') throw new Error('this one fails');
        served.push(text);
        onServed();
      },
      onSubscribe: () => undefined,
    });
    const ip = join(folder, 'kernel');
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    await sockets.bind({ transport: 'ipc', ip, key: '', ports });
    const client = new Dealer();
    client.connect(`ipc://${ip}-1`);
    const arrived = new Promise<void>((resolve) => (onServed = resolve));
    await client.send('bad');
    await client.send('good');
    await arrived;
    client.close();
    sockets.close();
    expect(served).toEqual(['good']);
  });

  it('hands a name over to the client that connected last', async () => {
    let onServed = (_text: string): void => undefined;
    const sockets = new Sockets({
      onFrames: (channel, frames) => {
        onServed(Buffer.from(frames.at(-1)!).toString());
        sockets.send(channel, [frames[0]!, 'reply']);
      },
      onSubscribe: () => undefined,
    });
    const ip = join(folder, 'again');
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    await sockets.bind({ transport: 'ipc', ip, key: '', ports });
    const clients: Dealer[] = [];
    for (const name of ['before', 'after']) {
      const client = new Dealer({ routingId: 'the same' });
      clients.push(client);
      client.connect(`ipc://${ip}-1`);
      const served = new Promise<string>((resolve) => (onServed = resolve));
      await client.send(name);
      expect(await served).toBe(name);
      expect(String((await client.receive())[0])).toBe('reply');
    }
    for (const client of clients) client.close();
    sockets.close();
  });
});
