import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stateFolder } from '../harness/paths';

const run = promisify(execFile);
let interpreter: Promise<string> | null = null;

/**
 * The interpreter of a virtual environment with the Python peers, made when first asked for and kept until the pinned
 * requirements change.
 *
 * @throws if it cannot be made; the message says what to do.
 */
export function pythonPeers(): Promise<string> {
  return (interpreter ??= makeEnvironment());
}

async function makeEnvironment(): Promise<string> {
  const requirements = join(import.meta.dirname, 'requirements.txt');
  const folder = join(stateFolder, 'venv');
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return python;
  console.error('installing the Python peers (once, some minutes, 1.6 GB) …');
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const reason = (stderr?.trim() || message).split('\n').at(-1)!;
    throw new Error(`the Python peers could not be installed (${reason}); they need python3 with venv, and PyPI`);
  }
  writeFileSync(stamp, hash);
  return python;
}
