import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../../scripts/support/paths.mjs';
import { command } from '../../../support/command';
import { temporaryFolder } from '../../../support/temporary-folder';

const cli = inRoot('kernel-bridge', 'dist', 'cli.js');
const run = (args: string[], env: NodeJS.ProcessEnv) =>
  command([process.execPath, cli, ...args], { env: { PATH: process.env['PATH'], ...env } });

describe('stemma-kernel install', () => {
  const home = temporaryFolder();
  const environment = join(home, 'environment');
  mkdirSync(environment);

  it.each([
    ['by default for the user', [], { HOME: home }, join(home, '.local', 'share', 'jupyter')],
    ['for the user', ['--user'], { HOME: home, XDG_DATA_HOME: join(home, 'xdg') }, join(home, 'xdg', 'jupyter')],
    ['where the user keeps Jupyter', ['--user'], { JUPYTER_DATA_DIR: join(home, 'own') }, join(home, 'own')],
    [
      'into the active environment',
      ['--sys-prefix'],
      { VIRTUAL_ENV: environment },
      join(environment, 'share', 'jupyter'),
    ],
    ['into a folder', ['--prefix', join(home, 'p')], {}, join(home, 'p', 'share', 'jupyter')],
  ])('puts the kernel %s, and takes it away again', async (_, options, env, data) => {
    const spec = join(data, 'kernels', 'stemma', 'kernel.json');
    expect((await run(['install', ...options], env)).code).toBe(0);
    const { argv, display_name: name } = JSON.parse(readFileSync(spec, 'utf8')) as {
      argv: string[];
      display_name: string;
    };
    const program = argv.find((part) => part.endsWith('.js'))!;
    expect([name, existsSync(argv[0]!), existsSync(program)]).toEqual(['TypeScript (Stemma)', true, true]);
    expect((await run(['uninstall', ...options], env)).code).toBe(0);
    expect(existsSync(spec)).toBe(false);
  });

  it('writes the command that another program starts the kernel with', async () => {
    const data = join(home, 'launched');
    const launcher = ['/opt/my python/bin/python', '-m', 'jupyterlab_stemma', 'kernel', '{connection_file}'];
    const { code } = await run(['install', '--launcher', JSON.stringify(launcher)], { JUPYTER_DATA_DIR: data });
    const spec = JSON.parse(readFileSync(join(data, 'kernels', 'stemma', 'kernel.json'), 'utf8')) as { argv: string[] };
    expect([code, spec.argv]).toEqual([0, launcher]);
  });

  it.each(['python -m it', '["python"]', '[1, "{connection_file}"]', '{}'])('refuses the launcher %s', async (text) => {
    const { code, output } = await run(['install', '--launcher', text], { HOME: home });
    expect([code, output]).toEqual([1, expect.stringContaining('invalid --launcher: expected a JSON array')]);
  });

  it('says what it does not know', async () => {
    const { code, output } = await run(['install', '--everywhere'], { HOME: home });
    expect([code, output]).toEqual([expect.any(Number), expect.stringContaining('--everywhere')]);
    expect(code).not.toBe(0);
  });
});
