/** The test suites: what each needs, and the programs that it runs one after the other. */
import { dirname, join } from 'node:path';
import { ensureChromium } from '../chromium.mjs';
import { jupyterEnvironment } from '../jupyter-environment.mjs';
import { NODE_VERSIONS, ensureNode } from '../node-binaries.mjs';
import { inRoot, inVenv, stateFolder, venv } from '../paths.mjs';
import { ensureNeighbours, ensureOldestJupyterLab, ensurePackaging, ensureWheelhouse } from '../python.mjs';
import { buildWheel } from '../wheel/build.mjs';
import { CHECKS } from './checks.mjs';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string[]} command
 * @property {NodeJS.ProcessEnv} [env] its environment, where that is another than this process's
 * @property {boolean} [reports] whether it notes its tests as events; else it counts as one test, passed where its exit
 * code is 0
 */

/**
 * @typedef {object} Suite
 * @property {() => Program[] | Promise<Program[]>} programs gets what they need before it returns them
 */

/** @type {Record<string, Suite>} */
export const suites = {
  check: { programs: () => CHECKS },
  unit: { programs: () => [vitest('unit')] },
  kernel: { programs: () => [pytest('kernel', ['tests/kernel', '-p', 'xdist', '-n', '2', '--dist', 'loadfile'])] },
  demo: { programs: () => [vitest('demo')] },
  browser: { programs: async () => [vitest('browser', [], await browser())] },
  neighbours: {
    programs: async () => {
      const python = await ensureNeighbours();
      return [pytest('neighbours', ['tests/neighbours'], { python })];
    },
  },
  packaging: {
    programs: async () => {
      const python = await ensurePackaging();
      const built = await buildWheel();
      const env = { STEMMA_WHEELHOUSE: await ensureWheelhouse(), STEMMA_WHEELS: dirname(built[0]) };
      const oldest = await ensureOldestJupyterLab(/** @type {string} */ (built.find((path) => path.endsWith('.whl'))));
      return [
        pytest('packaging', ['tests/packaging'], { python, env }),
        vitest('browser', ['browser/digits'], { ...(await browser()), STEMMA_VENV: oldest }),
      ];
    },
  },
  smoke: {
    programs: async () => {
      /** @type {Program[]} */
      const programs = [];
      for (const version of NODE_VERSIONS) programs.push(vitest('smoke', [], {}, await ensureNode(version)));
      return programs;
    },
  },
  soak: {
    programs: async () => {
      const env = { ...(await browser()), STEMMA_SOAK: '1' };
      return [
        vitest('unit', ['laws', 'documents', 'extension/layout', 'extension/tidy'], env),
        vitest('browser', ['browser/leaks', 'monitor/fuzz'], env),
        pytest('kernel-fuzz', ['tests/kernel/test_fuzz.py'], { env: { STEMMA_SOAK: '1' } }),
      ];
    },
  },
};

/** What `npm test` runs, the longest first: two at a time. */
export const USUAL = ['browser', 'unit', 'kernel', 'check', 'demo'];

/** How often a test that failed is run again: in continuous integration once, which names it as flaky; else never. */
const RETRIES = process.env.STEMMA_TEST_RETRIES ?? '0';

async function browser() {
  return { STEMMA_CHROMIUM: await ensureChromium() };
}

/**
 * @param {string} project
 * @param {string[]} [files]
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [node] the Node that runs it
 * @returns {Program}
 */
function vitest(project, files = [], env = {}, node = process.execPath) {
  const reporters = [
    '--reporter=default',
    `--reporter=${inRoot('scripts', 'support', 'running', 'vitest-events.mjs')}`,
  ];
  const script = inRoot('node_modules', 'vitest', 'vitest.mjs');
  return {
    name: [project, ...files].join(' '),
    command: [node, script, 'run', '--project', project, `--retry=${RETRIES}`, ...reporters, ...files],
    env: { ...process.env, ...env },
    reports: true,
  };
}

/**
 * @param {string} name
 * @param {string[]} options
 * @param {{ python?: string, env?: NodeJS.ProcessEnv }} [how]
 * @returns {Program}
 */
function pytest(name, options, { python = inVenv('python'), env = {} } = {}) {
  const plugins = inRoot('scripts', 'python', 'plugins');
  return {
    name,
    command: [
      ...[python, '-m', 'pytest', ...options, '-q', '--color=no', '-p', 'no:cacheprovider', '-p', 'stemma_events'],
      ...['-p', 'pytest_rerunfailures', '--reruns', RETRIES],
    ],
    env: {
      ...jupyterEnvironment(join(stateFolder, `jupyter-${name}`)),
      // The kernel is installed in one environment, and the tests may run in another.
      JUPYTER_PATH: join(venv, 'share', 'jupyter'),
      STEMMA_NODE: process.execPath,
      PYTHONPATH: plugins,
      // Only what a suite names: loading what else is installed takes seconds.
      PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
      ...env,
    },
    reports: true,
  };
}
