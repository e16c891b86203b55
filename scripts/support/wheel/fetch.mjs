/** Gets npm packages that npm would not install on this platform, checked against the lock file. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../paths.mjs';
import { explainNetwork, run } from '../run.mjs';
import { Problem } from '../say.mjs';

/**
 * @param {import('./packages.mjs').BundledPackage & { integrity: string }} wanted
 * @returns {Promise<string>} the folder that it was unpacked to
 */
export async function fetchPackage({ name, version, integrity }) {
  const folder = join(stateFolder, 'wheel', 'fetched', `${name.replace('/', '+')}-${version}`);
  const unpacked = join(folder, 'package');
  if (existsSync(join(unpacked, 'package.json'))) return unpacked;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await run('npm pack', ['npm', 'pack', `${name}@${version}`, '--silent', '--pack-destination', folder]);
  } catch (error) {
    throw explainNetwork(error, 'the npm registry');
  }
  const [archive] = readdirSync(folder);
  const digest = createHash('sha512')
    .update(readFileSync(join(folder, archive)))
    .digest('base64');
  if (integrity !== `sha512-${digest}`) {
    throw new Problem(
      `${name} ${version} is not what package-lock.json has: expected ${integrity}, got sha512-${digest}.`,
    );
  }
  await run('tar', ['tar', '-xzf', join(folder, archive), '-C', folder]);
  return unpacked;
}
