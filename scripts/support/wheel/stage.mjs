/** Lays out what the wheel carries beside its Python code: the npm packages of kernel, command and monitor. */
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { stageDemo } from './demo.mjs';
import { fetchPackage } from './fetch.mjs';
import { licenceTexts } from './licences.mjs';
import { packagesOfWheel } from './packages.mjs';
import { isCarried } from './trim.mjs';

/** The hook of the Python build puts this into the wheel, as `jupyterlab_stemma/node_modules`. */
export const STAGED = inRoot('extension', 'staged');

/**
 * How files are made smaller, which loads them faster, too: the compiler by two thirds, ours without comments and
 * indentation.
 */
const SMALLER = /** @type {const} */ ([
  [/^typescript\/lib\/typescript\.js$/, { minify: true, legalComments: 'inline' }],
  // Names stay, for stack traces. The monitor's page is a bundle already.
  [/^stemma(-\w+)?\/dist\/(?!page\/).*\.js$/, { minifyWhitespace: true }],
]);

/** @returns {Promise<{ packages: number, files: number }>} what was laid out */
export async function stage() {
  rmSync(STAGED, { recursive: true, force: true });
  const { bundled, toFetch } = packagesOfWheel();
  const fetched = [];
  for (const one of toFetch) fetched.push({ ...one, source: await fetchPackage(one) });
  const packages = [...bundled, ...fetched];
  let files = 0;
  for (const one of packages) files += await copyPackage(one);
  writeAlias('@tslab/typescript-for-tslab', 'typescript');
  stageKernelspec();
  stageDemo(join(STAGED, 'demo'));
  writeFileSync(join(STAGED, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(packages.filter(({ isOwn }) => !isOwn)));
  return { packages: packages.length, files };
}

/**
 * @param {string} source
 * @param {string} target
 * @param {import('esbuild').TransformOptions} options
 */
async function writeSmaller(source, target, options) {
  // Imported late: it needs the npm packages.
  const { transformSync } = await import('esbuild');
  const text = readFileSync(source, 'utf8');
  writeFileSync(target, transformSync(text, { platform: 'node', target: 'node20', ...options }).code);
}

/** @param {import('./packages.mjs').BundledPackage} one */
async function copyPackage({ name, source, path }) {
  let files = 0;
  for (const file of filesOf(source)) {
    if (!isCarried(name, file)) continue;
    const target = join(STAGED, path, file);
    mkdirSync(dirname(target), { recursive: true });
    const [, options] = SMALLER.find(([pattern]) => pattern.test(`${name}/${file}`)) ?? [];
    if (options) await writeSmaller(join(source, file), target, options);
    else copyFileSync(join(source, file), target);
    files++;
  }
  return files;
}

/**
 * A package that is another one: tslab comes with a compiler of its own (9 MB), of which what we use of tslab reads the
 * version.
 * @param {string} name
 * @param {string} other
 */
function writeAlias(name, other) {
  const folder = join(STAGED, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const about = { name, version: '0.0.0', private: true, license: 'Apache-2.0', main: 'index.js' };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
  writeFileSync(join(folder, 'index.js'), `module.exports = require('${other}');\n`);
}

/** Jupyter puts the Python that it runs with in place of `python`. */
function stageKernelspec() {
  const folder = join(STAGED, 'kernelspec');
  cpSync(inRoot('kernel-bridge', 'kernelspec'), folder, { recursive: true });
  const spec = {
    argv: ['python', '-m', 'jupyterlab_stemma', 'kernel', '{connection_file}'],
    display_name: 'TypeScript (Stemma)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
}

/**
 * Files below a folder, without those of packages inside it.
 * @param {string} folder
 * @param {string} [below]
 * @returns {Generator<string>}
 */
function* filesOf(folder, below = '') {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* filesOf(folder, path);
    } else if (entry.isFile()) yield path;
  }
}
