/** The npm packages of the workspace. */
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { explainNetwork, run } from './run.mjs';
import { step } from './say.mjs';

/** Installs what package-lock.json lists, unless it is installed. */
export async function ensureNodePackages() {
  if (arePackagesInstalled()) return;
  step('installing the npm packages (npm ci)');
  try {
    await run('npm ci', [...npm(), 'ci', '--no-audit', '--no-fund', '--fetch-retries=1', '--loglevel=error']);
  } catch (error) {
    throw explainNetwork(error, 'the npm registry');
  }
}

/**
 * npm's own record of node_modules is compared with the lock file, not a stamp of ours with a hash: so an `npm install`
 * by hand counts, and a deleted node_modules is noticed.
 */
function arePackagesInstalled() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesIn(inRoot('package-lock.json'));
  const present = packagesIn(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    // Optional packages are mostly binaries for other platforms.
    if (!found) return entry.optional === true;
    return found.version === entry.version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** The npm that runs this script where there is one: on Windows `npm` itself cannot be spawned without a shell. */
export function npm() {
  const cli = process.env.npm_execpath;
  return cli && /\.c?js$/.test(cli) ? [process.execPath, cli] : ['npm'];
}
