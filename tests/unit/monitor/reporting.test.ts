import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProvenanceDocument } from 'stemma';
import { monitor, type RunningMonitor, type SessionList } from 'stemma-monitor';
import { temporaryFolder } from '../../support/temporary-folder';
import { askMonitor, until } from './client';
import { Program } from './program';

const folder = temporaryFolder();
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0)) await clean();
});

const start = async (options = {}) => {
  const running = await monitor.start(options);
  cleanUp.push(() => running.stop());
  return running;
};
const reporting = (running: { url: string; token: string }, then: string): Program => {
  const program = new Program('report.mjs', running.url, running.token, '0', then);
  cleanUp.push(() => program.kill('SIGKILL'));
  return program;
};
const remotes = async (running: RunningMonitor) =>
  (await askMonitor(running, '/sessions')).json<SessionList>().items.filter(({ from }) => from === 'remote');

/** Somebody who listens where a monitor is expected. */
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUp.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a process that reports', () => {
  it('tells a monitor that was restarted everything, with samples', async () => {
    const options = { port: 0, token: 'the-same-token-again' };
    const first = await start(options);
    const program = reporting(first, 'forever');
    await program.line();
    const sampled = async (running: RunningMonitor) => {
      const [remote] = await remotes(running);
      if (remote === undefined) return [];
      const answer = await askMonitor(running, `/document?session=${remote.id}&samples=true`);
      return answer.json<ProvenanceDocument>().artifacts.map(({ execution }) => execution.samples.length);
    };
    const isWhole = (counts: number[]) => counts.length > 0 && counts.every((count) => count > 0);
    const before = await until(() => sampled(first), isWhole);
    await first.stop();
    const second = await start({ ...options, port: Number(new URL(first.url).port) });
    expect(await until(() => sampled(second), isWhole)).toEqual(before);
  });

  it('ends, though the monitor has stopped answering', async () => {
    let requests = 0;
    const url = await listening((request, response) => {
      // The first one is accepted, no other ever gets a response.
      if (++requests === 1) request.resume().on('end', () => response.writeHead(204).end());
    });
    const program = reporting({ url, token: 'a-token-of-16-chars' }, join(folder, 'there'));
    writeFileSync(join(folder, 'there'), '');
    expect(await program.line()).toBe('{"sum":45}');
    expect(await program.ended).toBe(0);
    // At least one without a response; on a slow machine another one was sent before the last.
    expect(requests).toBeGreaterThanOrEqual(2);
  });

  it('has one connection, however often a cell runs', async () => {
    let requests = 0;
    const url = await listening((request, response) => {
      requests++;
      request.resume().on('end', () => response.writeHead(204).end());
    });
    const listeners = process.listenerCount('beforeExit');
    const first = await monitor.connect(url, 'token');
    expect(await monitor.connect(url, 'token')).toBe(first);
    expect([requests, process.listenerCount('beforeExit')]).toEqual([1, listeners + 1]);
    const second = await monitor.connect(url, 'another');
    expect(second).not.toBe(first);
    await first.closed;
    await second.stop();
    expect(process.listenerCount('beforeExit')).toBe(listeners);
  });

  it('keeps the connection that works where another one does not', async () => {
    const reports: string[] = [];
    const url = await listening((request, response) => {
      const isRight = request.headers.authorization === 'Bearer token';
      reports.push(`${isRight} ${new URL(request.url!, url).searchParams.get('ended')}`);
      request.resume().on('end', () => response.writeHead(isRight ? 204 : 401).end());
    });
    const kept = await monitor.connect(url, 'token');
    const failure: unknown = await monitor.connect(url, 'wrong').catch((error: unknown) => error);
    const message = `the monitor at ${url} refused the report: 401`;
    expect(failure).toMatchObject({ message });
    const [head, ...frames] = (failure as Error).stack!.split('\n');
    expect(head).toBe(`Error: ${message}`);
    expect(frames[0]).toMatch(/reporting\.test\.ts:\d+:\d+\)?$/);
    expect(frames.join()).not.toMatch(/worker-thread|node:/);
    expect(await monitor.connect(url, 'token')).toBe(kept);
    await expect(monitor.connect(url, 'x', { keepAlive: true })).rejects.toThrow(message);
    expect(await monitor.connect(url, 'token')).toBe(kept);
    expect(reports).not.toContain('true true');
    await kept.stop();
    expect(reports).toContain('true true');
  });

  it('hands over to a connection that works, and is live all the while', async () => {
    const reports: string[] = [];
    const url = await listening((request, response) => {
      reports.push(`${request.headers.authorization} ${new URL(request.url!, url).searchParams.get('ended')}`);
      const status = request.headers.authorization === 'Bearer wrong' ? 401 : 204;
      request.resume().on('end', () => response.writeHead(status).end());
    });
    const first = await monitor.connect(url, 'token');
    await expect(monitor.connect(url, 'wrong')).rejects.toThrow('refused the report: 401');
    const second = await monitor.connect(url, 'another');
    await first.closed;
    await expect(monitor.connect(url, 'wrong')).rejects.toThrow('refused the report: 401');
    await second.stop();
    const ended = ['Bearer another true'];
    expect(reports.filter((report) => report.endsWith('true'))).toEqual(ended);
    // What was stopped is not what a failed attempt falls back to.
    await expect(monitor.connect(url, 'wrong')).rejects.toThrow('refused the report: 401');
    const third = await monitor.connect(url, 'another');
    expect(third).not.toBe(second);
    await third.stop();
  });

  it('is refused where a response breaks off', async () => {
    const url = await listening((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(400, { 'content-length': 100 }).write('half');
        setImmediate(() => response.destroy());
      });
    });
    await expect(monitor.connect(url, 'token')).rejects.toThrow(`the monitor at ${url} broke off its response`);
  });
});

describe('the monitor', () => {
  it('knows a process that ended from one that was killed', async () => {
    const running = await start();
    const [ending, killed] = [reporting(running, join(folder, 'end')), reporting(running, 'forever')];
    await Promise.all([ending.line(), killed.line()]);
    expect((await remotes(running)).map(({ state }) => state)).toEqual(['live', 'live']);
    writeFileSync(join(folder, 'end'), '');
    expect(await ending.ended).toBe(0);
    killed.kill('SIGKILL');
    const states = async () => (await remotes(running)).map(({ state }) => state).sort();
    expect(await until(states, ([first]) => first === 'ended')).toContain('ended');
    expect(await until(states, (all) => all.includes('silent'))).toEqual(['ended', 'silent']);
  }, 60_000);

  it('says how old a document is of whose process the thread is busy', async () => {
    const running = await start();
    const program = reporting(running, join(folder, 'go on'));
    await program.line();
    // The reports go on: they come from a thread of their own.
    const status = async () => (await remotes(running))[0]!;
    const { id, ageMs, blockedSinceMs } = await until(status, (one) => one.ageMs >= 6_000);
    expect(blockedSinceMs).toBeGreaterThan(Date.now() - 60_000);
    const { headers } = await askMonitor(running, `/document?session=${id}`);
    expect(Number(headers['age'])).toBeGreaterThanOrEqual(Math.floor(ageMs / 1_000));
    writeFileSync(join(folder, 'go on'), '');
    expect(await program.ended).toBe(0);
  }, 60_000);
});
