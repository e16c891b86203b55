/** The test suites: what each needs, and how it is run. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { jupyterEnvironment } from './jupyter-environment.mjs';
import { inRoot, inVenv, root, stateFolder } from './paths.mjs';
import { readJunitReport, readVitestReport } from './reports.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */

const LIMIT_MS = 20 * 60_000;
const reports = join(stateFolder, 'reports');

/**
 * In the order in which they run: the quick ones first.
 * @type {Record<string, () => Promise<Counts | null>>}
 */
export const suites = {
  check: runChecks,
  unit: () => vitest('unit'),
  kernel: pytest,
  demo: () => vitest('demo'),
  browser: async () => vitest('browser', { STEMMA_CHROMIUM: await ensureChromium() }),
};

/**
 * @param {string} project
 * @param {NodeJS.ProcessEnv} [env]
 */
async function vitest(project, env = {}) {
  const report = freshReport(`${project}.json`);
  const options = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  await runStreaming([process.execPath, inRoot('node_modules', 'vitest', 'vitest.mjs'), ...options], env);
  return readVitestReport(report);
}

async function pytest() {
  const report = freshReport('kernel.xml');
  const options = [
    '-m',
    'pytest',
    'tests/kernel',
    '-q',
    '--color=no',
    '-p',
    'no:cacheprovider',
    `--junitxml=${report}`,
  ];
  await runStreaming([inVenv('python'), ...options], jupyterEnvironment(join(stateFolder, 'jupyter-test')));
  return readJunitReport(report);
}

/** @param {string} name */
function freshReport(name) {
  const report = join(reports, name);
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  return report;
}

/**
 * Runs a program that prints for itself. Its report says how it went, so its exit code does not matter; one that hangs is killed.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function runStreaming(command, env) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}
