import dns, { type LookupAddress } from 'node:dns';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MonitorOptions } from 'stemma-monitor';
import { startServer } from '../../../monitor/src/http/server';
import { checkOptions } from '../../../monitor/src/options';
import { Sessions } from '../../../monitor/src/record/sessions';
import { until } from './client';

const TOKEN = 'a-token-of-16-chars';
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

async function started(options: MonitorOptions, maxConnections?: number): Promise<number> {
  const server = await startServer({
    listen: { ...checkOptions(options), token: TOKEN },
    version: '1.0.0',
    sessions: new Sessions(),
    refresh: async () => undefined,
    onFollowers: () => undefined,
    ...(maxConnections === undefined ? {} : { maxConnections }),
  });
  cleanUp.push(() => server.close());
  return Number(new URL(server.url).port);
}

function opened(port: number, host = '127.0.0.1'): Socket {
  const socket = connect(port, host).on('error', () => undefined);
  cleanUp.push(() => socket.destroy());
  return socket;
}

/** Whether a request on this connection gets a response; not where the connection is closed, or was never made. */
function isServed(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('data', (data) => resolve(String(data).startsWith('HTTP/1.1 200')));
    socket.once('close', () => resolve(false));
    socket.write(`GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`);
  });
}

describe('the limit of connections', () => {
  it('closes those above it, serves the others, and takes new ones once there is room', async () => {
    const port = await started({}, 2);
    const [first, second] = [opened(port), opened(port)];
    expect(await Promise.all([isServed(first), isServed(second)])).toEqual([true, true]);
    expect(await Promise.all([isServed(opened(port)), isServed(opened(port))])).toEqual([false, false]);
    expect(await Promise.all([isServed(first), isServed(second)])).toEqual([true, true]);
    first.destroy();
    expect(
      await until(
        () => isServed(opened(port)),
        (served) => served,
      ),
    ).toBe(true);
    expect(await isServed(second)).toBe(true);
    expect(await isServed(opened(port))).toBe(false);
  });
});

describe('a name of several addresses', () => {
  /** As on a machine whose `localhost` has an address of IPv6 too. */
  function giveLocalhost(...addresses: string[]): void {
    const lookup = dns.lookup as (name: string, options: object, callback: (...answer: unknown[]) => void) => void;
    const all = addresses.map((address): LookupAddress => ({ address, family: 4 }));
    const spy = vi
      .spyOn(dns as { lookup: typeof lookup }, 'lookup')
      .mockImplementation((name, options, callback) =>
        name === 'localhost' && 'all' in options && options.all === true
          ? callback(null, all)
          : lookup(name, options, callback),
      );
    cleanUp.push(() => spy.mockRestore());
  }

  it('is listened on at one of them, for which the limits hold', async () => {
    giveLocalhost('127.0.0.1', '127.0.0.2');
    const port = await started({ host: 'localhost' });
    expect(await isServed(opened(port))).toBe(true);
    expect(await isServed(opened(port, '127.0.0.2'))).toBe(false);
  });
});
