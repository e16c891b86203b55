/**
 * `npm start`: from a fresh clone to JupyterLab with the demo notebook and the panel. What is up to date is left alone.
 *
 *     npm start -- [--no-browser] [--port N]
 */
import './support/node-version.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './support/build-steps.mjs';
import { ensureDigits } from './support/demo-data.mjs';
import { ensureDemoWorkspace } from './support/demo-workspace.mjs';
import { startJupyterLab } from './support/jupyterlab.mjs';
import { ensureNodePackages } from './support/node-packages.mjs';
import { root, stateFolder } from './support/paths.mjs';
import { choosePort } from './support/port.mjs';
import { ensurePythonPackages, requirePython } from './support/python.mjs';
import { Problem, main, step } from './support/say.mjs';

const NOTEBOOK = '/lab/tree/examples/digits.ipynb';

const USAGE = `npm start -- [options]

Installs and builds everything in this folder, and opens the demo notebook in JupyterLab.

  --no-browser  prints the address instead of opening a browser
  --port N      uses this port
  --help        shows this text`;

function options() {
  try {
    const type = /** @type {const} */ ('boolean');
    const flags = { 'no-browser': { type, default: false }, help: { type, short: 'h', default: false } };
    return parseArgs({ options: { ...flags, port: { type: 'string' } } }).values;
  } catch (error) {
    throw new Problem(`${/** @type {Error} */ (error).message} (the options are --no-browser, --port N and --help)`);
  }
}

/** @type {import('./support/jupyterlab.mjs').JupyterLab | undefined} */
let server;
let stopping = false;

function stop() {
  // Before the server responds there is nothing to shut down in order: everything started ends with this process.
  if (!server) process.exit(1);
  if (!stopping) step('stopping JupyterLab');
  stopping = true;
  void server.stop();
}

await main(async () => {
  const { port: wish, 'no-browser': noBrowser, help } = options();
  if (help) return console.log(USAGE);
  const port = await choosePort(wish);
  requirePython();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  await ensureNodePackages();
  await ensurePythonPackages('requirements');
  await ensureBuilt();
  await ensureDigits();

  const jupyterState = join(stateFolder, 'jupyter');
  ensureDemoWorkspace(jupyterState);
  step('starting JupyterLab');
  server = await startJupyterLab({
    port,
    rootFolder: root,
    stateFolder: jupyterState,
    log: join(stateFolder, 'logs', 'jupyterlab.log'),
    page: NOTEBOOK,
    browser: !noBrowser,
  });
  step(`JupyterLab is ready: ${server.url}${NOTEBOOK}?token=${server.token}`);
  step('press Ctrl+C to stop');
  await server.ended;
  if (!stopping)
    throw new Problem('JupyterLab has ended by itself: the reason is at the end of .stemma/logs/jupyterlab.log');
});
