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

/** Bundles the views with their harness and starts a Chromium. */
export async function startStand(): Promise<Stand> {
  const script = await bundle(inRoot('tests', 'panel', 'harness.ts'));
  const style = await bundle(inRoot('style', 'index.css'));
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
      await page.setContent(
        `<!doctype html><style>${variables}\nbody{margin:0}</style><style>${style}</style><div id="panel" style="height:100vh"></div>`,
      );
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
  });
  return outputFiles[0]?.text ?? '';
}
