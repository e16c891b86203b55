import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, type Patch, provenance } from 'stemma';
import { monitor, type Health, type RunningMonitor } from 'stemma-monitor';
import { EventStream } from '../../../monitor/src/http/event-stream';
import { ask, askMonitor, until } from './client';
import { EventClient } from './event-client';
import { Program } from './program';

const portOf = (running: RunningMonitor) => Number(new URL(running.url).port);
/** Its result, and what the record says of it. */
async function doubled(): Promise<{ sum: number; record: string }> {
  const { sum } = await Dataset.range(2_000)
    .map((n) => n * 2)
    .reduce((total, n) => ({ sum: total.sum + n }), { sum: 0 });
  const document = provenance.document();
  const run = document.runs.at(-1)!;
  const processes = document.processes.filter(({ id }) => run.processes.includes(id));
  const artifacts = document.artifacts.filter(({ producer }) => run.processes.includes(producer));
  return { sum, record: canonicalHash({ ...document, runs: [run], processes, artifacts }) };
}
/** As it is without a monitor. */
let RESULT: { sum: number; record: string };
beforeAll(async () => {
  RESULT = await doubled();
  expect(RESULT.sum).toBe(3_998_000);
});

const open: { stop(): Promise<void> }[] = [];
const start = async (options = {}) => {
  const running = await monitor.start(options);
  open.push(running);
  return running;
};
afterEach(async () => {
  for (const running of open.splice(0)) await running.stop();
});

/** Settles once nobody listens there any more. */
async function isFree(port: number): Promise<true> {
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  await new Promise((resolve) => server.close(resolve));
  return true;
}

function connected(port: number, text = ''): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket)).on('error', reject);
    if (text !== '') socket.write(text);
  });
}

describe('starting', () => {
  it('says that a port is taken, and the pipeline goes on', async () => {
    const server: Server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(monitor.start({ port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: the port is taken`);
    expect(await doubled()).toEqual(RESULT);
    server.close();
    expect((await start({ port })).url).toBe(`http://127.0.0.1:${port}`);
  });

  it('again returns the running monitor; with other options that one is replaced', async () => {
    const first = await start();
    expect(await monitor.start()).toBe(first);
    const second = await start({ allowedHosts: ['other.example'] });
    expect(second).not.toBe(first);
    expect(await isFree(portOf(first))).toBe(true);
  });

  it('after it was stopped makes a new one', async () => {
    const first = await start();
    await first.stop();
    await first.stop();
    const second = await start();
    expect([second.token === first.token, (await askMonitor(second, '/health')).status]).toEqual([false, 200]);
  });

  it('makes a new one where the other is about to stop, on the same port', async () => {
    const first = await start();
    const options = { port: portOf(first) };
    const fixed = await start(options);
    const stopped = fixed.stop();
    const second = await start(options);
    expect((await askMonitor(second, '/health')).status).toBe(200);
    expect(second.token).not.toBe(fixed.token);
    await stopped;
  });

  it('does not fail by what was wrong with the one before', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const failing = monitor.start({ port: (taken.address() as AddressInfo).port });
    const second = start();
    await expect(failing).rejects.toThrow('the port is taken');
    expect((await askMonitor(await second, '/health')).status).toBe(200);
    taken.close();
  });

  it.each([
    [
      { port: -1 },
      'invalid port of monitor.start: expected a whole number from 0 to 65535 (0 takes a free one), got -1',
    ],
    [{ port: 1.5 }, 'invalid port of monitor.start: '],
    [{ host: '' }, 'invalid host'],
    [{ tls: { key: 1 } as never }, 'invalid key of tls: expected a text, got 1'],
    [{ tls: { key: 'x', cert: 'y' } }, 'PEM'],
    [{ host: '127.0.0.1.example.invalid' }, 'refusing to listen on'],
  ])('refuses %j', async (options, reason) => {
    await expect(monitor.start(options)).rejects.toThrow(reason);
  });
});

describe('clients', () => {
  it('that are gone in mid-stream do no harm', async () => {
    const running = await start();
    const clients = Array.from({ length: 20 }, () => new EventClient(running));
    for (const client of clients) await client.until(({ events }) => events.length > 0);
    const result = doubled();
    for (const client of clients) client.close();
    expect(await result).toEqual(RESULT);
    const followers = async () => (await askMonitor(running, '/health')).json<Health>().eventClients;
    expect(await until(followers, (count) => count === 0)).toBe(0);
  });

  it('that say nothing, a thousand of them, keep nobody out', async () => {
    const running = await start();
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => connected(portOf(running))));
    expect((await askMonitor(running, '/health')).status).toBe(200);
    expect(await doubled()).toEqual(RESULT);
    for (const socket of sockets) socket.destroy();
  });

  it('that do not finish a request are dropped', async () => {
    const running = await start();
    const port = portOf(running);
    const head =
      `PUT /api/v1/sessions/x HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${running.token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"half":';
    const slow = ['GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Slow', head];
    const sockets = await Promise.all(slow.map((text) => connected(port, text)));
    await Promise.all(sockets.map((socket) => once(socket.resume(), 'close')));
    expect((await askMonitor(running, '/health')).status).toBe(200);
    expect(await doubled()).toEqual(RESULT);
  }, 60_000);

  it('that follow but do not read are dropped', async () => {
    const stream = new EventStream('abc', () => undefined);
    const server = createServer((_, response) => stream.add(response, undefined, '', () => []));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const idle = get(`http://127.0.0.1:${port}`, (response) => response.pause());
    idle.on('error', () => undefined);
    await until(
      async () => stream.clients,
      (count) => count === 1,
    );
    const artifacts = Array.from({ length: 50_000 }, (_, i) => `artifact-${i}`);
    await until(
      async () => {
        stream.publish({ kind: 'samples', session: 's', createdMs: 0, artifacts });
        return stream.clients;
      },
      (count) => count === 0,
    );
    stream.close();
    server.close();
    server.closeAllConnections();
  });
});

describe('stopping', () => {
  it('lets an answer under way come to its end', async () => {
    const running = await start();
    const document = provenance.document();
    const large = { ...document, session: { ...document.session, id: 'large', notebook: 'x'.repeat(32 << 20) } };
    const taken = await askMonitor(running, '/sessions/large', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(large),
    });
    expect([taken.status, taken.text]).toEqual([201, '']);
    const headers = { authorization: `Bearer ${running.token}` };
    const url = `${running.url}/api/v1/document?session=large`;
    const response = await new Promise<IncomingMessage>((resolve) => get(url, { headers, agent: false }, resolve));
    const stopped = running.stop();
    let length = 0;
    for await (const part of response) length += (part as Buffer).length;
    expect(length).toBeGreaterThan(32 << 20);
    await stopped;
  });

  it('in mid-request frees the port; pipelines go on', async () => {
    const running = await start();
    const port = portOf(running);
    const follower = new EventClient(running);
    await follower.until(({ events }) => events.length > 0);
    const upload = await connected(
      port,
      `PUT /api/v1/sessions/x HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${running.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"half":',
    );
    upload.on('error', () => undefined);
    const result = doubled();
    await running.stop();
    expect(await isFree(port)).toBe(true);
    await follower.until(({ closed }) => closed);
    expect(await result).toEqual(RESULT);
    expect(await doubled()).toEqual(RESULT);
    upload.destroy();
  });
});

describe('the process', () => {
  it('ends as it would without a monitor, and leaves nothing', async () => {
    const program = new Program('plain.mjs');
    const { url } = JSON.parse(await program.line()) as RunningMonitor;
    expect(await program.line()).toBe('1000');
    expect(await program.ended).toBe(0);
    expect(await isFree(Number(new URL(url).port))).toBe(true);
  });

  it('reports to followers how its runs ended before it ends', async () => {
    const program = new Program('followed.mjs');
    const follower = new EventClient(JSON.parse(await program.line()) as RunningMonitor);
    await follower.until(({ events }) => events.some(({ event }) => event === 'snapshot'));
    program.tell('go');
    await follower.until(({ closed }) => closed);
    expect(await program.ended).toBe(0);
    const runs = follower.events.flatMap(({ data }) => (data as unknown as Patch).runs ?? []);
    expect(runs.map(({ state }) => state)).toContain('running');
    expect(runs.at(-1)).toMatchObject({ state: 'complete' });
    const frames = follower.events.flatMap(({ data }) => (data as unknown as Patch).frame ?? []);
    expect(frames.at(-1)?.session.end).toMatchObject({ how: 'completed', exitCode: 0 });
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('frees the port on %s', async (signal) => {
    const program = new Program('plain.mjs', 'forever');
    const running = JSON.parse(await program.line()) as RunningMonitor;
    await program.line();
    expect((await askMonitor(running, '/health')).status).toBe(200);
    program.kill(signal);
    expect(await program.ended).toBe(signal);
    await expect(ask(running.url)).rejects.toThrow('ECONNREFUSED');
  });
});
