/**
 * A JupyterLab server of `.venv`, on the loopback interface, with a token, and with nothing of the user's own Jupyter.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jupyterEnvironment } from './jupyter-environment.mjs';
import { inVenv } from './paths.mjs';
import { Problem } from './say.mjs';

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 10_000;

/**
 * @typedef {object} JupyterLab
 * @property {string} url the server's address, without the token
 * @property {string} token
 * @property {number} pid
 * @property {Promise<number | null>} ended its exit code, once it has ended
 * @property {() => Promise<void>} stop ends the server and its kernels
 */

/**
 * Starts a server and waits until it responds.
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.rootFolder what the file browser shows
 * @param {string} options.stateFolder for settings, workspaces and runtime files
 * @param {string} options.log
 * @param {string} [options.page] the path that the browser opens, e.g. `/lab/tree/notebook.ipynb`
 * @param {boolean} [options.browser] whether to open a browser
 * @param {string[]} [options.more] further options of `jupyter lab`
 * @returns {Promise<JupyterLab>}
 */
export async function startJupyterLab({
  port,
  rootFolder,
  stateFolder,
  log,
  page = '/lab',
  browser = false,
  more = [],
}) {
  const token = randomBytes(24).toString('hex');
  const options = [
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${rootFolder}`,
    `--LabApp.default_url=${page}`,
    ...more,
    ...(browser ? [] : ['--no-browser']),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const child = spawn(inVenv('jupyter-lab'), options, {
    cwd: rootFolder,
    // The token travels in the environment: arguments can be read by every user of the machine.
    env: { ...jupyterEnvironment(stateFolder), JUPYTER_TOKEN: token },
    stdio: ['ignore', output, output],
    // A process group of its own: Ctrl+C in the terminal reaches us, and we stop the server in an orderly way.
    detached: process.platform !== 'win32',
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(-1));
  });
  // Whatever ends this process, the server does not outlive it.
  process.once('exit', () => killGroup(child));
  const stop = () => stopGroup(child, ended);
  const url = `http://127.0.0.1:${port}`;
  if (!(await answers(`${url}/api/status?token=${token}`, ended))) {
    await stop();
    throw new Problem(`JupyterLab did not start: the reason is at the end of ${log}`);
  }
  return { url, token, pid: /** @type {number} */ (child.pid), ended, stop };
}

/**
 * @param {string} address
 * @param {Promise<number | null>} ended
 */
async function answers(address, ended) {
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + START_LIMIT_MS;
  while (!over && Date.now() < deadline) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) return true;
    await sleep(100);
  }
  return false;
}

/**
 * SIGTERM lets the server shut its kernels down; what does not end in time is killed.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number | null>} ended
 */
async function stopGroup(child, ended) {
  if (hasEnded(child)) return;
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_LIMIT_MS, false, { ref: false })]);
  if (inTime) return;
  killGroup(child);
  await ended;
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (hasEnded(child)) return;
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
}

/** @param {import('node:child_process').ChildProcess} child */
function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
