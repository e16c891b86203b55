/** Debian's packages, for the machines that run the tests: only as root, and only what is missing. */
import { spawnSync } from 'node:child_process';
import { explainNetwork, run } from './run.mjs';
import { step } from './say.mjs';

export function canAptInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

/** @param {string[]} packages */
export async function aptInstall(packages) {
  step(`installing Debian's ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get update', ['apt-get', 'update'], { env });
    await run('apt-get install', ['apt-get', 'install', '-y', '--no-install-recommends', ...packages], { env });
  } catch (error) {
    throw explainNetwork(error, "Debian's package index");
  }
}
