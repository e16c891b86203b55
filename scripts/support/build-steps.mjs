/** Builds the packages and puts kernel and panel into a Python environment. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePage } from './bundle-page.mjs';
import { inRoot, labextension, programIn, stateFolder, venv } from './paths.mjs';
import { run } from './run.mjs';
import { Problem, step } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';

const SOURCES = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  ...['document', 'lib', 'kernel-bridge', 'views', 'extension', 'monitor'].flatMap((name) => [
    `${name}/package.json`,
    `${name}/tsconfig.json`,
    `${name}/src`,
  ]),
  'kernel-bridge/kernelspec',
  'extension/install.json',
  'monitor/page',
  'style',
  'schema',
  'scripts/jupyterlab',
];

const KERNEL_CLI = inRoot('kernel-bridge', 'dist', 'cli.js');
const PANEL = join(labextension, 'package.json');
const PAGE = inRoot('monitor', 'dist', 'page', 'page.js');

/**
 * The TypeScript of all packages, then the bundles that JupyterLab and the monitor's page load.
 * @param {string} prefix the Python environment that has jupyter-builder
 */
export async function build(prefix) {
  step('compiling all packages (tsc)');
  await run('tsc', [process.execPath, inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-b']);
  step('bundling the panel (jupyter-builder)');
  await run('jupyter-builder', [programIn(prefix, 'jupyter-builder'), 'build', inRoot('extension')]);
  step("bundling the monitor's page (esbuild)");
  await bundlePage();
}

/**
 * Puts kernelspec and panel below a prefix, where that environment's Jupyter finds them.
 * @param {string} prefix
 */
export async function install(prefix) {
  if (!existsSync(PANEL)) throw new Problem('nothing is built yet: run `npm run build` first.');
  step(`installing kernel and panel into ${prefix === venv ? '.venv' : prefix}`);
  const target = join(prefix, 'share', 'jupyter', 'labextensions', 'jupyterlab-stemma');
  rmSync(target, { recursive: true, force: true });
  cpSync(labextension, target, { recursive: true, dereference: true });
  cpSync(inRoot('extension', 'install.json'), join(target, 'install.json'));
  // No question about Jupyter's news at the first start.
  cpSync(
    inRoot('scripts', 'jupyterlab', 'overrides.json'),
    join(prefix, 'share', 'jupyter', 'lab', 'settings', 'overrides.json'),
  );
  await run('stemma-kernel install', [process.execPath, KERNEL_CLI, 'install', '--prefix', prefix]);
}

/** Builds, and installs into `.venv`, unless that was done with the sources as they are. */
export async function ensureBuilt() {
  const inputs = hashOf(SOURCES, [process.version]);
  await unlessStamped(join(stateFolder, 'stamps', 'build'), inputs, [KERNEL_CLI, PANEL, PAGE], () => build(venv));
  const installed = ['kernels/stemma/kernel.json', 'labextensions/jupyterlab-stemma/package.json'];
  const outputs = installed.map((path) => join(venv, 'share', 'jupyter', path));
  await unlessStamped(join(venv, '.stemma-installed'), inputs, outputs, () => install(venv));
}
