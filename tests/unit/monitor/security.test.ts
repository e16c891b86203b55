import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dataset, provenance } from 'stemma';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { temporaryFolder } from '../../support/temporary-folder';
import { ask, askMonitor, until } from './client';
import { EventClient } from './event-client';

const temporary = temporaryFolder();
let running: RunningMonitor;
let port: string;

beforeAll(async () => {
  running = await monitor.start({ allowedHosts: ['proxy.example'] });
  ({ port } = new URL(running.url));
});
afterAll(() => running.stop());

const status = async (headers: { [name: string]: string }, path = '/api/v1/health') =>
  (await ask(running.url + path, { headers })).status;
const bearer = () => ({ authorization: `Bearer ${running.token}` });

describe('the token', () => {
  it('is random and long', () => {
    expect(running.token).toMatch(/^[\w-]{43}$/);
  });

  it('is needed for everything', async () => {
    for (const path of [
      '/',
      '/page.js',
      '/tidy-worker.js',
      '/api/v1/health',
      '/api/v1/document',
      '/api/v1/openapi.json',
      '/api/v1/nothing',
    ])
      expect([path, await status({}, path)]).toEqual([path, 401]);
    const answer = await ask(`${running.url}/api/v1/document`);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(answer.json()).toMatchObject({ title: 'Unauthorized', detail: expect.stringContaining('monitor.start()') });
  });

  it('is needed for URLs that cannot be read too, and under a name of this machine', async () => {
    const bad = (headers: string) =>
      raw(`GET /api/v1/processes/%zz HTTP/1.1\r\nConnection: close\r\n${headers}\r\n\r\n`);
    expect(statusesIn(await bad(`Host: 127.0.0.1:${port}`))).toEqual([401]);
    const authorization = `Authorization: Bearer ${running.token}`;
    expect(statusesIn(await bad(`Host: evil.example\r\n${authorization}`))).toEqual([421]);
    expect(statusesIn(await bad(`Host: 127.0.0.1:${port}\r\n${authorization}`))).toEqual([400]);
  });

  it('is refused when wrong, in part, or in the query of the API', async () => {
    const { token } = running;
    for (const wrong of ['x', token.slice(0, -1), `${token}x`, token.toUpperCase(), '', `${token} x`])
      expect(await status({ authorization: `Bearer ${wrong}` })).toBe(401);
    expect(await status({ authorization: token })).toBe(401);
    expect(await status({}, `/api/v1/health?token=${token}`)).toBe(401);
    expect(await status({}, '/?token=wrong')).toBe(401);
  });

  it('admits in the header', async () => {
    expect(await status(bearer())).toBe(200);
  });
});

describe('the start link', () => {
  it('sets a cookie that reads, and is not the token', async () => {
    const answer = await ask(running.link);
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    const [setCookie] = answer.headers['set-cookie']!;
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(setCookie).not.toContain(running.token);
    const cookie = setCookie!.split(';')[0]!;
    expect(await status({ cookie })).toBe(200);
    expect(await status({ cookie: `other=1; ${cookie}` }, '/')).toBe(200);
    expect(await status({ cookie: `${cookie}x` })).toBe(401);
    expect(await status({ authorization: `Bearer ${cookie.split('=')[1]}` })).toBe(401);
    const put = await ask(`${running.url}/api/v1/sessions/x`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(put.status).toBe(403);
  });
});

describe('foreign names', () => {
  it('are refused in the Host header: DNS rebinding', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost.evil.example',
      `127.0.0.1.evil:${port}`,
      'a b',
    ])
      expect([host, await status({ ...bearer(), host })]).not.toEqual([host, 200]);
    expect((await ask(`${running.url}/api/v1/health`, { headers: { ...bearer(), host: 'evil.example' } })).status).toBe(
      421,
    );
  });

  it('are refused where there is none', async () => {
    for (const request of [
      'GET /api/v1/health HTTP/1.1\r\nConnection: close\r\n\r\n',
      'GET /api/v1/health HTTP/1.0\r\n\r\n',
    ]) {
      const answer = await raw(request);
      expect(statusesIn(answer)).toEqual([421]);
      expect(answer).toContain('application/problem+json');
    }
  });

  it('of this machine and those that were allowed are not', async () => {
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
      'proxy.example',
    ])
      expect([host, await status({ ...bearer(), host })]).toEqual([host, 200]);
  });

  it('are refused in the Origin header', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost:${Number(port) + 1}`,
      `https://127.0.0.1:${port}`,
    ])
      expect([origin, await status({ ...bearer(), origin })]).toEqual([origin, 421]);
    expect(await status({ ...bearer(), origin: running.url })).toBe(200);
  });

  it('get no permission by CORS', async () => {
    const preflight = await ask(`${running.url}/api/v1/document`, {
      method: 'OPTIONS',
      headers: { origin: running.url, 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(401);
    const { headers } = await askMonitor(running, '/document', { headers: { origin: running.url } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('answers', () => {
  it('allow a page nothing inline, no frame and no other server', async () => {
    const { headers } = await ask(`${running.url}/`, { headers: bearer() });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('are never files', async () => {
    const paths = ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/page/../../package.json'];
    for (const path of [...paths, '/etc/passwd', '//etc/passwd', '/index.html', '/api/v1/../../package.json', '/.%00'])
      expect([path, statusesIn(await raw(get(path, 'Connection: close')))]).not.toEqual([path, [200]]);
  });
});

describe('limits', () => {
  it('on headers', async () => {
    expect(await status({ ...bearer(), 'x-long': 'x'.repeat(10_000) })).toBe(431);
  });

  it('on the length of parameters', async () => {
    expect(await status(bearer(), `/api/v1/processes/${'p'.repeat(300)}`)).toBe(400);
    const long = `/api/v1/sessions/${'s'.repeat(3_000)}/artifacts/${'a'.repeat(3_000)}/samples`;
    const answer = await ask(running.url + long, { method: 'PUT', headers: bearer() });
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
  });

  it('on what is sent, before it is', async () => {
    const head = `PUT /api/v1/sessions/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${running.token}\r\n`;
    const type = 'Content-Type: application/json\r\nConnection: close\r\n';
    expect(statusesIn(await raw(`${head}${type}Content-Length: 67108865\r\n\r\n{}`))).toEqual([413]);
  });

  it('on those who follow', async () => {
    const followers = Array.from({ length: 200 }, () => new EventClient(running));
    for (const follower of followers) await follower.until(({ events }) => events.length > 0);
    const answer = await askMonitor(running, '/events');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '10']);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    for (const follower of followers) follower.close();
  });

  it('on what is no HTTP', async () => {
    expect(statusesIn(await raw('NONSENSE\r\n\r\n'))).toEqual([400]);
  });
});

describe('other addresses', () => {
  it('are refused without TLS, with the reason', async () => {
    await expect(monitor.start({ host: '0.0.0.0' })).rejects.toThrow(
      'refusing to listen on 0.0.0.0 without TLS: other machines could read the token',
    );
    await expect(monitor.connect('http://192.0.2.1:80', 'token')).rejects.toThrow('refusing to report to');
  });

  it('are refused with a token that can be guessed', async () => {
    await expect(monitor.start({ token: '' })).rejects.toThrow('invalid token: at least 16');
    await expect(monitor.start({ token: 'secret' })).rejects.toThrow('invalid token: at least 16');
  });
});

describe('floods', () => {
  it('of wrong tokens must wait; clients with the right one are served', async () => {
    const wrong = get('/api/v1/health', 'Accept: */*', 'wrong').repeat(200) + get('/', 'Connection: close');
    expect(statusesIn(await raw(wrong))).toContain(429);
    expect(await status(bearer())).toBe(200);
  });

  it('of requests must wait, and are served after that', async () => {
    const flood = get('/api/v1/openapi.json').repeat(1_000) + get('/', 'Connection: close');
    expect(statusesIn(await raw(flood))).toContain(429);
    expect(
      await until(
        () => status(bearer()),
        (code) => code === 200,
      ),
    ).toBe(200);
  });
});

/** The text of a request, whose path may be one that no client would send. */
function get(path: string, more = 'Accept: */*', token = running.token): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n${more}\r\n\r\n`;
}

/** Sends a text as it is; returns all that came back until the server closed. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}

const statusesIn = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, code]) => Number(code));

describe('uploads', () => {
  const put = (contentType: string, body: string) =>
    askMonitor(running, '/sessions/x', { method: 'PUT', headers: { 'content-type': contentType }, body });

  it('of anything but JSON are refused, so that no text is taken for the path of a file', async () => {
    const file = join(temporary, 'run.json');
    await provenance.save(file);
    execFileSync('mkfifo', [join(temporary, 'fifo')]);
    for (const path of ['/etc/passwd', '/proc/self/environ', file, join(temporary, 'fifo')]) {
      for (const type of ['text/plain', 'text/plain; charset=utf-8', 'application/octet-stream'])
        expect((await put(type, path)).status).toBe(415);
      const asJson = await put('application/json', JSON.stringify(path));
      expect([asJson.status, asJson.json<{ detail: string }>().detail]).toEqual([
        400,
        expect.stringContaining('expected an object, got a string'),
      ]);
    }
    expect(await status(bearer())).toBe(200);
  });

  it.each([
    ['lists', '[],'],
    ['objects', '{},'],
    ['numbers', '1,'],
  ])('of more %s than any record has are refused before they are parsed', async (_, one) => {
    const body = `[${one.repeat(5_000_000)}0]`;
    const before = process.memoryUsage().heapTotal;
    const answer = await put('application/json', body);
    expect([answer.status, answer.json<{ detail: string }>().detail]).toEqual([413, 'expected at most 4000000 values']);
    expect(process.memoryUsage().heapTotal - before).toBeLessThan(100e6);
  });

  it('that together would take too much memory wait for each other', async () => {
    const begun = await Promise.all([1, 2].map(() => beginUpload(64 * 1024 * 1024)));
    const refused = await put('application/json', '{}');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
    for (const socket of begun) socket.destroy();
    expect(
      await until(
        () => put('application/json', '{}'),
        (answer) => answer.status !== 503,
      ),
    ).toMatchObject({
      status: 400,
    });
  });

  it('count items from 0 on', async () => {
    await Dataset.range(3, 'Counted').count();
    const document = provenance.document({ samples: false });
    document.session.id = 'x';
    document.processes[0]!.execution.itemsOut = -1;
    const answer = await put('application/json', JSON.stringify(document));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('expected a number from 0 on, got -1')]);
  });

  /** Sends a head that promises this many bytes, and waits until the monitor has read it. */
  async function beginUpload(bytes: number): Promise<Socket> {
    const socket = connect(Number(port), '127.0.0.1');
    const head = [
      'PUT /api/v1/sessions/x HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${running.token}`,
      'Content-Type: application/json',
      `Content-Length: ${bytes}`,
      'Expect: 100-continue',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    return socket;
  }
});
