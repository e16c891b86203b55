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
});
