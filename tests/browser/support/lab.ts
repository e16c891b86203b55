import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { ensureDemoWorkspace } from '../../../scripts/support/demo-workspace.mjs';
import { startJupyterLab } from '../../../scripts/support/jupyterlab.mjs';
import { inRoot, venv } from '../../../scripts/support/paths.mjs';
import { choosePort } from '../../../scripts/support/port.mjs';
import { makeDigits } from '../../../examples/make-digits.mjs';
import { makeFolder, removeFolder } from '../../support/temporary-folder';
import { recordArrivals } from './arrivals';
import { LabPage } from './lab-page';

export interface Lab {
  /** The folder that JupyterLab shows. */
  folder: string;
  /** Adds a kernel of ours that starts only while `file` exists. */
  addMortalKernel(name: string, file: string): void;
  /** Opens a notebook in a new window of a fresh browser profile. */
  open(notebook: string, size?: { width: number; height: number }): Promise<LabPage>;
  /** Opens a notebook in another tab of the same profile. */
  openTab(beside: LabPage, notebook: string): Promise<LabPage>;
  /** Opens a notebook in Notebook 7, where the panel is not opened by itself. */
  openInNotebook7(notebook: string): Promise<LabPage>;
  close(): Promise<void>;
}

/** A real JupyterLab and a real Chromium. */
export async function startLab({ digitsPerClass = 20 } = {}): Promise<Lab> {
  const folder = makeFolder();
  const state = makeFolder();
  copyFileSync(inRoot('examples', 'digits.ipynb'), join(folder, 'digits.ipynb'));
  ensureDemoWorkspace(state);
  makeDigits(join(folder, 'data', 'digits'), { perClass: digitsPerClass });

  const server = await startJupyterLab({
    port: await choosePort(undefined),
    rootFolder: folder,
    stateFolder: state,
    log: join(state, 'jupyterlab.log'),
    // `window.jupyterapp`, by which the tests run commands.
    more: ['--LabApp.expose_app_in_browser=True', '--JupyterNotebookApp.expose_app_in_browser=True'],
  });
  const browser: Browser = await chromium.launch({
    executablePath: process.env.STEMMA_CHROMIUM ?? 'chromium',
    // Chromium refuses its sandbox to root, which is who runs the tests in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  let opened = 0;
  async function openIn(context: BrowserContext, notebook: string): Promise<LabPage> {
    const page: Page = await context.newPage();
    await recordArrivals(page);
    const lab = new LabPage(page, notebook);
    // Windows that share a workspace would open each other's notebooks. The first one gets the demo's layout.
    const workspace = opened++ === 0 ? '' : `/workspaces/window-${opened}`;
    await page.goto(`${server.url}/lab${workspace}/tree/${notebook}?token=${server.token}`);
    await lab.ready();
    return lab;
  }

  return {
    folder,
    addMortalKernel: (name, file) => {
      const ours = JSON.parse(readFileSync(join(venv, 'share', 'jupyter', 'kernels', 'stemma', 'kernel.json'), 'utf8'));
      const start = `test -e "$0" && exec "$@"`;
      const target = join(state, 'data', 'kernels', name);
      mkdirSync(target, { recursive: true });
      writeFileSync(
        join(target, 'kernel.json'),
        JSON.stringify({ ...ours, display_name: name, argv: ['/bin/sh', '-c', start, file, ...ours.argv] }),
      );
    },
    open: async (notebook, size = { width: 1440, height: 900 }) =>
      openIn(await browser.newContext({ viewport: size, acceptDownloads: true }), notebook),
    openTab: (beside, notebook) => openIn(beside.page.context(), notebook),
    openInNotebook7: async (notebook) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const lab = new LabPage(await context.newPage(), notebook);
      await lab.page.goto(`${server.url}/notebooks/${notebook}?token=${server.token}`);
      await lab.ready();
      return lab;
    },
    close: async () => {
      await browser.close();
      await server.stop();
      removeFolder(folder);
      removeFolder(state);
    },
  };
}
