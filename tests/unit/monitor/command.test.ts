import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { ProvenanceDocument } from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { temporaryFolder } from '../../support/temporary-folder';
import { ask, until } from './client';

const folder = temporaryFolder();
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(folder, 'slow.js'),
  `import { existsSync } from 'node:fs';
import { Dataset } from 'stemma';
const passed = async () => {
  while (!existsSync('go on')) await new Promise((resolve) => setTimeout(resolve, 10));
};
export default () => Dataset.range(5, 'Rows').map(async (n) => (n < 3 || (await passed()), n), 'Wait');
`,
);
symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));

const CLI = inRoot('lib', 'bin', 'stemma.mjs');

describe('stemma run --monitor', () => {
  it('says where the run can be watched, and stops with it', async () => {
    const child = spawn(process.execPath, [CLI, 'run', 'slow.js', '--monitor'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    const line = await new Promise<string>((resolve) => createInterface(child.stderr).once('line', resolve));
    const link = /^watch it at (http:\S+)$/.exec(line)![1]!;
    const { headers } = await ask(link);
    const cookie = headers['set-cookie']![0]!.split(';')[0]!;
    const { origin } = new URL(link);
    const document = async () =>
      (await ask(`${origin}/api/v1/document`, { headers: { cookie } })).json<ProvenanceDocument>();
    const whole = await until(document, ({ processes }) => processes.some((one) => one.execution.itemsOut === 3));
    expect(whole.processes.map(({ label }) => label)).toEqual(expect.arrayContaining(['Rows', 'Wait']));
    writeFileSync(join(folder, 'go on'), '');
    expect(await ended).toEqual([0, null]);
    await expect(ask(origin)).rejects.toThrow('ECONNREFUSED');
    expect(existsSync(join(folder, 'slow.provenance.json'))).toBe(true);
  });

  it('runs without a monitor where the port is taken, and warns', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(folder, 'go on'), '');
    const child = spawn(process.execPath, [CLI, 'run', 'slow.js', '--monitor', String(port)], { cwd: folder });
    let text = '';
    child.stderr.on('data', (data) => (text += String(data)));
    child.stdout.resume();
    const [code] = await once(child, 'close');
    server.close();
    expect(text).toContain(`the run cannot be watched: cannot listen on 127.0.0.1:${port}: the port is taken`);
    expect(code).toBe(0);
  });

  it('refuses an invalid port', async () => {
    const child = spawn(process.execPath, [CLI, 'run', 'slow.js', '--monitor', '99999'], { cwd: folder });
    let text = '';
    child.stderr.on('data', (data) => (text += String(data)));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(text).toContain('"99999" is not a port');
  });
});
