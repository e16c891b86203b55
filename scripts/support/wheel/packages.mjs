/**
 * Which npm packages the wheel carries: what kernel, command and monitor load at run time, as the lock file has them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { Problem } from '../say.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @typedef {object} BundledPackage
 * @property {string} name
 * @property {string} version
 * @property {string} path where it lies in the wheel, e.g. `node_modules/ajv-formats/node_modules/ajv`
 * @property {string} source the folder that it is copied from
 * @property {boolean} isOwn whether it is a package of this repository
 */

/** @type {Record<string, string>} */
const FOLDERS_OF_OWN = {
  lib: 'stemma',
  document: 'stemma-document',
  'kernel-bridge': 'stemma-kernel',
  monitor: 'stemma-monitor',
};

const OWN = Object.values(FOLDERS_OF_OWN);

/**
 * Optional peers of `stemma` that the wheel has, so that JPEG files are fast, and Parquet and Arrow files are read
 * without npm.
 */
const PEERS = ['@julusian/jpeg-turbo', 'hyparquet', 'hyparquet-compressors', 'apache-arrow'];

/**
 * Dependencies that are needed to build or to bundle, but not to run: package → those of its dependencies that are
 * kept. Each of these packages is loaded by the wheel's test.
 * @type {Record<string, string[]>}
 */
const KEPT_DEPENDENCIES = {
  // The addons are prebuilt; cmake-js would compile them.
  '@julusian/jpeg-turbo': ['pkg-prebuilds'],
  'pkg-prebuilds': [],
  zeromq: ['cmake-ts'],
  'cmake-ts': [],
  // sharp runs as WebAssembly: one wheel for all platforms.
  sharp: ['@img/colour', '@img/sharp-wasm32', 'detect-libc', 'semver'],
  // Its kernel is not used, only what a notebook imports from it; of its compiler, the version (see stage.mjs).
  tslab: ['semver'],
  // What it would start threads with faster is a binary for one platform.
  piscina: [],
  // Its types name those of a Node of its own.
  'apache-arrow': ['flatbuffers', 'json-with-bigint', 'tslib'],
};

/** @returns {Record<string, LockEntry>} */
function readLock() {
  return JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
}

/**
 * The packages of the wheel and what must be fetched for it, since npm does not install it on this platform.
 * @returns {{ bundled: BundledPackage[], toFetch: (BundledPackage & { integrity: string })[] }}
 */
export function packagesOfWheel() {
  const lock = readLock();
  /** @type {Map<string, BundledPackage>} */
  const bundled = new Map();
  /** @type {Map<string, BundledPackage & { integrity: string }>} */
  const toFetch = new Map();
  /** @param {string} key of the lock file */
  const add = (key) => {
    if (bundled.has(key) || toFetch.has(key)) return;
    const link = lock[key];
    const from = link.link ? /** @type {string} */ (link.resolved) : key;
    const entry = lock[from];
    const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = /** @type {string} */ (entry.version);
    const one = { name, version, path: pathOf(key), source: inRoot(from), isOwn: OWN.includes(name) };
    if (existsSync(join(one.source, 'package.json'))) bundled.set(key, one);
    else if (entry.integrity) toFetch.set(key, { ...one, integrity: entry.integrity });
    const all = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
    const kept = KEPT_DEPENDENCIES[name];
    for (const dependency of kept ?? all) {
      const found = keyOf(lock, from, dependency);
      if (found !== null) add(found);
      else if (kept === undefined)
        throw new Problem(`${name} needs ${dependency}, which package-lock.json does not have.`);
    }
  };
  for (const name of [...OWN, ...PEERS]) add(`node_modules/${name}`);
  return { bundled: [...bundled.values()], toFetch: [...toFetch.values()] };
}

/**
 * A package of a workspace's own `node_modules` lies in that of the package that the workspace is.
 * @param {string} key
 */
function pathOf(key) {
  const [folder] = key.split('/');
  const name = FOLDERS_OF_OWN[folder];
  return name === undefined ? key : `node_modules/${name}${key.slice(folder.length)}`;
}

/**
 * Where Node finds a package from another one: in its own `node_modules`, or in one further out.
 * @param {Record<string, LockEntry>} lock
 * @param {string} from
 * @param {string} name
 * @returns {string | null}
 */
function keyOf(lock, from, name) {
  for (let folder = from; ; folder = outer(folder)) {
    const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (key in lock) return key;
    if (folder === '') return null;
  }
}

/** @param {string} folder */
function outer(folder) {
  const at = folder.lastIndexOf('/node_modules/');
  return at < 0 ? '' : folder.slice(0, at);
}
