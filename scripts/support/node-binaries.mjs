/**
 * Other versions of Node, for the smoke test, from npm: packages that `node` is made of, each with the program for one
 * platform.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './node-packages.mjs';
import { stateFolder } from './paths.mjs';
import { explainNetwork, run } from './run.mjs';
import { step } from './say.mjs';

/** Supported, beside the one that runs: exact, so that a run can be repeated. */
export const NODE_VERSIONS = ['22.23.3', '24.9.0', '26.10.0'];

/**
 * Installs a version of Node below `.stemma`, unless it is there.
 * @param {string} version
 * @returns {Promise<string>} the path of its program
 */
export async function ensureNode(version) {
  const folder = join(stateFolder, 'node', version);
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  step(`installing Node ${version} for the smoke test`);
  mkdirSync(folder, { recursive: true });
  // A project of its own: npm would look for one in the folders above.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--fetch-retries=1', '--loglevel=error'];
  try {
    await run(`npm install node ${version}`, [
      ...npm(),
      'install',
      '--prefix',
      folder,
      `${name}@${version}`,
      ...options,
    ]);
  } catch (error) {
    throw explainNetwork(error, 'the npm registry');
  }
  return program;
}
