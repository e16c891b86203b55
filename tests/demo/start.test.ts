import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot, root } from '../../scripts/support/paths.mjs';
import { choosePort } from '../../scripts/support/port.mjs';
import { command } from '../support/command';
import { temporaryFolder } from '../support/temporary-folder';

const script = inRoot('scripts', 'start.mjs');
const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  command([process.execPath, script, ...args], { env: { ...process.env, ...env } });

describe('npm start', () => {
  const folder = temporaryFolder();

  it('says that a port is taken', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const { code, output } = await start(['--no-browser', '--port', String(port)]);
    server.close();
    expect(output).toBe(`stemma: port ${port} is taken: choose another with \`npm start -- --port N\`.\n`);
    expect(code).toBe(1);
  });

  it('says what a port is', async () => {
    const { code, output } = await start(['--port', 'home']);
    expect(output).toBe('stemma: "home" is not a port: use a number from 1 to 65535.\n');
    expect(code).toBe(1);
  });

  it('says that Python is missing, before it downloads anything', async () => {
    const clone = join(folder, 'clone');
    await command(['git', 'clone', '--quiet', '--depth=1', `file://${root}`, clone]);
    const path = mkdtempSync(join(folder, 'path-'));
    symlinkSync(process.execPath, join(path, 'node'));
    const { code, output } = await command([join(path, 'node'), join(clone, 'scripts', 'start.mjs'), '--no-browser'], {
      env: { PATH: path, HOME: folder },
    });
    expect(output).toBe('stemma: no Python found: install Python 3.10 or newer.\n');
    expect(code).toBe(1);
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  it('responds once all is set up, touches no home folder, and stops on Ctrl+C', async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const port = await choosePort(undefined);
    const begin = performance.now();
    const child = spawn(process.execPath, [script, '--no-browser', '--port', String(port)], {
      env: { ...process.env, HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const ready = new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        const address = /http:\/\/\S+\n/.exec(output)?.[0].trim();
        if (address) resolve(address);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void ended.then(() => reject(new Error(output)));
    });
    const address = await ready;
    const seconds = (performance.now() - begin) / 1000;
    console.log(`second start: ${seconds.toFixed(1)} s`);

    expect(address).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${port}/lab/tree/examples/digits\\.ipynb\\?token=\\w{48}$`),
    );
    expect((await fetch(address)).status).toBe(200);
    expect((await fetch(address.replace(/\?.*/, ''), { redirect: 'manual' })).status).toBe(302);

    child.kill('SIGINT');
    expect(await ended, output).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
    // JupyterLab asks for language servers; where rustup is installed, its stand-in for one leaves a folder.
    expect(readdirSync(home).filter((name) => name !== '.rustup')).toEqual([]);
  });
});
