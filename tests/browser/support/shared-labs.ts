/**
 * Before the browser tests: a JupyterLab and a Chromium for each worker of vitest, which its test files share one after
 * the other.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { startJupyterLab } from '../../../scripts/support/jupyterlab.mjs';
import { freePort } from '../../../scripts/support/port.mjs';
import { makeFolder, removeFolder } from '../../support/make-folder';

export interface SharedLab {
  url: string;
  token: string;
  /** What JupyterLab shows. */
  folder: string;
  /** Its settings, workspaces and kernels. */
  state: string;
  /** Where Playwright connects to the browser. */
  browser: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    labs: SharedLab[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = Number(project.vitest.config.maxWorkers);
  const started = await Promise.all(Array.from({ length: workers }, start));
  project.provide(
    'labs',
    started.map(({ lab }) => lab),
  );
  return async () => {
    for (const { close } of started) await close();
  };
}

async function start(): Promise<{ lab: SharedLab; close(): Promise<void> }> {
  const base = makeFolder();
  const [folder, state] = [join(base, 'folder'), join(base, 'state')];
  mkdirSync(folder);
  const browser = await chromium.launchServer({
    executablePath: process.env.STEMMA_CHROMIUM ?? 'chromium',
    // Chromium refuses its sandbox to root, which is who runs the tests in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const server = await startJupyterLab({
    port: await freePort(),
    rootFolder: folder,
    stateFolder: state,
    log: join(base, 'jupyterlab.log'),
    // `window.jupyterapp`, by which the tests run commands.
    more: ['--LabApp.expose_app_in_browser=True', '--JupyterNotebookApp.expose_app_in_browser=True'],
  });
  const { url, token } = server;
  return {
    lab: { url, token, folder, state, browser: browser.wsEndpoint() },
    close: async () => {
      await browser.close();
      await server.stop();
      removeFolder(base);
    },
  };
}
