/**
 * The documentation site: its packages, which only those who build it install, the reference from docstrings, and the
 * pages.
 */
import { rmSync } from 'node:fs';
import { npm } from './node-packages.mjs';
import { inRoot } from './paths.mjs';
import { explainNetwork, run } from './run.mjs';
import { step } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';

const docs = inRoot('docs');

/** @param {string[]} parts of a path below docs/node_modules */
const tool = (...parts) => [process.execPath, inRoot('docs', 'node_modules', ...parts)];

async function ensureDocsPackages() {
  const inputs = hashOf(['docs/package.json', 'docs/package-lock.json']);
  await unlessStamped(inRoot('docs', 'node_modules', '.stemma-installed'), inputs, [], async () => {
    step('installing the packages that build the documentation (npm ci in docs)');
    try {
      await run('npm ci of docs', [...npm(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: docs });
    } catch (error) {
      throw explainNetwork(error, 'the npm registry');
    }
  });
}

/** @returns {Promise<string>} the folder of the site */
export async function buildDocs() {
  await ensureDocsPackages();
  step('writing the reference from docstrings (TypeDoc)');
  rmSync(inRoot('docs', 'reference', 'api'), { recursive: true, force: true });
  await run('typedoc', [...tool('typedoc', 'bin', 'typedoc'), '--options', 'typedoc.json'], { cwd: docs });
  step('building the site (VitePress)');
  await run('vitepress', [...tool('vitepress', 'bin', 'vitepress.js'), 'build', docs], { cwd: docs });
  return inRoot('docs', '.vitepress', 'dist');
}
