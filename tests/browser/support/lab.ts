import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, type Page } from 'playwright-core';
import { ensureDemoWorkspace } from '../../../scripts/support/demo-workspace.mjs';
import { inRoot, venv } from '../../../scripts/support/paths.mjs';
import { makeDigits } from '../../../examples/make-digits.mjs';
import { removeFolder } from '../../support/make-folder';
import { recordArrivals } from './arrivals';
import { LabPage } from './lab-page';
import { connectBrowser, sharedLab } from './shared-browser';

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

/** JupyterLab 4.2 asks at its first start, and the question stays on the screen. */
function declineNews(settings: string): void {
  const folder = join(settings, '@jupyterlab', 'apputils-extension');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'notification.jupyterlab-settings'), '{ "fetchNews": "false" }\n');
}

/**
 * A real JupyterLab and a real Chromium, as if they had just been started: no kernel runs, the folder is empty but for
 * the demo notebook where its data are asked for, settings and layout are those of a first start.
 */
export async function openLab({ digitsPerClass = 0 } = {}): Promise<Lab> {
  const { url, token, folder, state } = sharedLab();
  const authorized = { headers: { authorization: `token ${token}` } };
  const empty = (path: string) => {
    mkdirSync(path, { recursive: true });
    for (const name of readdirSync(path)) removeFolder(join(path, name));
  };
  const list = async (kind: 'sessions' | 'kernels') =>
    (await (await fetch(`${url}/api/${kind}`, authorized)).json()) as { id: string }[];
  /**
   * Ends all kernels, with sessions and without. One that dies meanwhile is gone, too, whatever the server says of it.
   */
  const endKernels = async () => {
    for (const kind of ['sessions', 'kernels'] as const) {
      for (const { id } of await list(kind))
        await fetch(`${url}/api/${kind}/${id}`, { ...authorized, method: 'DELETE' });
    }
    while ((await list('kernels')).length > 0) await sleep(50);
  };

  for (const path of [folder, join(state, 'settings'), join(state, 'workspaces'), join(state, 'data', 'kernels')]) {
    empty(path);
  }
  ensureDemoWorkspace(state);
  declineNews(join(state, 'settings'));
  if (digitsPerClass > 0) {
    copyFileSync(inRoot('examples', 'digits.ipynb'), join(folder, 'digits.ipynb'));
    makeDigits(join(folder, 'data', 'digits'), { perClass: digitsPerClass });
  }
  const browser = await connectBrowser();
  let opened = 0;
  async function openIn(context: BrowserContext, notebook: string): Promise<LabPage> {
    const page: Page = await context.newPage();
    await recordArrivals(page);
    const lab = new LabPage(page, endKernels);
    // Windows that share a workspace would open each other's notebooks. The first one gets the demo's layout.
    const workspace = opened++ === 0 ? '' : `/workspaces/window-${opened}`;
    await page.goto(`${url}/lab${workspace}/tree/${notebook}?token=${token}`);
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
      const lab = new LabPage(await context.newPage(), endKernels);
      await lab.page.goto(`${url}/notebooks/${notebook}?token=${token}`);
      await lab.ready();
      return lab;
    },
    close: async () => {
      // Its pages with it: nobody starts a kernel any more.
      await browser.close();
      await endKernels();
    },
  };
}
