import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { checkOptions, namesOf, publicHost } from '../../../monitor/src/options';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder();

/** A key and a certificate that it signed itself. */
function makeCertificate(): { key: string; cert: string } {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const options = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', [...options, ...subject, ...files], { stdio: 'ignore' });
  return { key: readFileSync(join(folder, 'key.pem'), 'utf8'), cert: readFileSync(join(folder, 'cert.pem'), 'utf8') };
}

describe('with TLS', () => {
  let tls: { key: string; cert: string };
  let running: RunningMonitor;
  beforeAll(async () => {
    tls = makeCertificate();
    running = await monitor.start({ tls });
  });
  afterAll(() => running.stop());

  function get(
    path: string,
    headers = {},
    { url } = running as { url: string },
  ): Promise<{ status: number; setCookie: string; hsts: unknown }> {
    return new Promise((resolve, reject) => {
      request(url + path, { ca: tls.cert, agent: false, headers, servername: 'localhost' }, (response) => {
        const { 'set-cookie': cookies = [], 'strict-transport-security': hsts } = response.headers;
        response.resume().on('end', () => resolve({ status: response.statusCode!, setCookie: cookies.join(), hsts }));
      })
        .on('error', reject)
        .end();
    });
  }

  it('serves those who have the token', async () => {
    const answer = await get('/api/v1/health', { authorization: `Bearer ${running.token}` });
    expect([answer.status, typeof answer.hsts]).toEqual([200, 'string']);
    expect((await get('/api/v1/health')).status).toBe(401);
  });

  it('has the same limits as without', async () => {
    const authorization = `Bearer ${running.token}`;
    expect((await get('/api/v1/health', { authorization, 'x-long': 'x'.repeat(10_000) })).status).toBe(431);
  });

  it('sets a cookie for TLS only', async () => {
    expect((await get(`/?token=${running.token}`)).setCookie).toContain('; Secure');
  });

  it('is trusted by programs that report to it with its certificate', async () => {
    await expect(monitor.connect(running.url, running.token)).rejects.toThrow('self-signed certificate');
    await expect(monitor.connect(running.url, running.token, { ca: tls.cert })).rejects.toThrow(
      'that session is of the process that started this monitor',
    );
  });

  it('may listen on all addresses, under the names of this machine only', () => {
    const options = checkOptions({ host: '0.0.0.0', tls });
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
    expect(namesOf(options)).toEqual(expect.arrayContaining(['localhost', hostname().toLowerCase(), ...addresses]));
    expect(publicHost(options)).toBe(hostname());
  });

  it('does listen there, and is as strict', async () => {
    const everywhere = await monitor.start({ host: '0.0.0.0', tls });
    const { port } = new URL(everywhere.url);
    const at = { url: `https://127.0.0.1:${port}` };
    const authorization = `Bearer ${everywhere.token}`;
    expect((await get('/api/v1/health', { authorization }, at)).status).toBe(200);
    expect((await get('/api/v1/health', {}, at)).status).toBe(401);
    expect((await get('/api/v1/health', { authorization, host: 'evil.example' }, at)).status).toBe(421);
    await everywhere.stop();
  });
});
