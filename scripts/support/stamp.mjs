/** Stamps: what a step was done with, so that it is not done again while that is the same. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const OUTPUTS = new Set(['node_modules', 'dist', '__pycache__']);

/**
 * A hash of files and, recursively, folders, with their paths; what does not exist counts as absent.
 * @param {string[]} paths relative to the repository
 * @param {string[]} [extra] other inputs, e.g. versions
 */
export function hashOf(paths, extra = []) {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(`${text}\n`);
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return;
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) {
      if (!OUTPUTS.has(name) && !name.endsWith('.tsbuildinfo')) addTo(hash, `${path}/${name}`);
    }
    return;
  }
  hash.update(`${path}\n`).update(readFileSync(absolute));
}

/**
 * Does something unless the stamp says that it was done with the same inputs, and what it makes is still there.
 * @param {string} stamp path of the stamp file
 * @param {string} inputs
 * @param {string[]} outputs paths that the work makes
 * @param {() => Promise<void>} work
 */
export async function unlessStamped(stamp, inputs, outputs, work) {
  if ([stamp, ...outputs].every((path) => existsSync(path)) && readFileSync(stamp, 'utf8') === inputs) return;
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
}
