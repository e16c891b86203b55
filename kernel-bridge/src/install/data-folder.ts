import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a kernelspec goes: `user`, the Python environment that is active, or below a folder of the caller's. */
export type Place = { kind: 'user' } | { kind: 'sys-prefix' } | { kind: 'prefix'; folder: string };

type Environment = Record<string, string | undefined>;

/**
 * Jupyter's data folder of a place, by the rules of https://docs.jupyter.org/en/stable/use/jupyter-directories.html.
 */
export function dataFolder(place: Place, env: Environment = process.env, platform = process.platform): string {
  switch (place.kind) {
    case 'prefix':
      return join(place.folder, 'share', 'jupyter');
    case 'sys-prefix':
      return join(env['VIRTUAL_ENV'] || env['CONDA_PREFIX'] || askPython(), 'share', 'jupyter');
    case 'user':
      return env['JUPYTER_DATA_DIR'] || userFolder(env, platform);
  }
}

function userFolder(env: Environment, platform: NodeJS.Platform): string {
  const home = env['HOME'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform === 'win32') return env['APPDATA'] ? join(env['APPDATA'], 'jupyter') : join(home, '.jupyter', 'data');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
}

function askPython(): string {
  for (const python of ['python3', 'python']) {
    try {
      return execFileSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim();
    } catch {
      // Not there: the next name.
    }
  }
  throw new Error('no Python found for --sys-prefix: activate the environment first, or use --prefix <folder>');
}
