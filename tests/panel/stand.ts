import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inRoot } from '../../scripts/support/paths.mjs';
import type { Harness } from './harness';
import { themeVariables } from './themes';

declare global {
  interface Window {
    harness: Harness;
  }
}

export interface PageOptions {
  /** `light`, `dark`, `dark-high-contrast`: a theme of JupyterLab; `plain`, `plain-dark`: none. */
  theme?: string;
  width: number;
  height?: number;
  /** Device pixels per pixel. */
  scale?: number;
  /** A further module to run in the page, after the harness: path from the root of the checkout. */
  script?: string;
}

/** A browser whose pages show the panel's views without JupyterLab. */
export interface Stand {
  open(options: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

/** No server listens there: the pages are given to the browser, under a name so that they may start workers. */
const ORIGIN = 'http://panel.test';

/** Bundles the views with their harness and starts a Chromium. */
export async function startStand(): Promise<Stand> {
  const script = await bundle(inRoot('tests', 'panel', 'harness.ts'));
  const style = await bundle(inRoot('style', 'index.css'));
  const worker = await bundle(inRoot('views', 'src', 'graph', 'tidy-worker.ts'));
  const browser: Browser = await chromium.launch({
    executablePath: process.env['STEMMA_CHROMIUM'] ?? 'chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    open: async ({ theme = 'light', width, height = 900, scale = 1, script: more }) => {
      const page = await browser.newPage({
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme: theme === 'plain-dark' ? 'dark' : 'light',
      });
      page.on('pageerror', (error) => console.error('page error:', error.message));
      page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()));
      const variables = theme.startsWith('plain') ? '' : themeVariables(theme);
      const html = `<!doctype html><style>${variables}\nbody{margin:0}</style><style>${style}</style><div id="panel" style="height:100vh"></div>`;
      await page.route(`${ORIGIN}/**`, (route) =>
        route.request().url().endsWith('/tidy-worker.js')
          ? route.fulfill({ contentType: 'text/javascript', body: worker })
          : route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
      );
      await page.goto(ORIGIN);
      await page.addScriptTag({ content: script });
      if (more !== undefined) await page.addScriptTag({ content: await bundle(inRoot(more)) });
      return page;
    },
    close: () => browser.close(),
  };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    define: { 'import.meta.url': JSON.stringify(`${ORIGIN}/page.js`) },
  });
  return outputFiles[0]?.text ?? '';
}
