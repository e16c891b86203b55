/**
 * Draws the panel without JupyterLab and saves screenshots, to look at: `node tests/panel/shoot.mjs [name …]`.
 * They go to tests/artefacts/panel/, which git ignores.
 */
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { themeVariables } from './themes.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here('../artefacts/panel/');
mkdirSync(out, { recursive: true });

const script = await build({
  entryPoints: [here('harness.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
});
const style = await build({ entryPoints: [here('../../style/index.css')], bundle: true, write: false });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

async function page(theme, width, height = 900) {
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: 2,
    colorScheme: theme === 'plain-dark' ? 'dark' : 'light',
  });
  page.on('pageerror', (error) => console.error('page error:', error.message));
  page.on('console', (message) => message.type() === 'error' && console.error('console:', message.text()));
  const variables = theme.startsWith('plain') ? '' : await themeVariables(theme);
  await page.setContent(
    `<!doctype html><style>${variables}\nbody{margin:0;height:100vh}</style><style>${style.outputFiles[0].text}</style><div id="panel" style="height:100vh"></div>`,
  );
  await page.addScriptTag({ content: script.outputFiles[0].text });
  return page;
}

const scenes = JSON.parse(await readFile(here('scenes.json'), 'utf8'));
const wanted = process.argv.slice(2);
for (const scene of scenes) {
  if (wanted.length > 0 && !wanted.some((name) => scene.name.startsWith(name))) continue;
  const tab = await page(scene.theme, scene.width, scene.height);
  await tab.evaluate(async (s) => {
    const { harness } = window;
    if (s.connection) harness.store.setConnection(s.connection);
    for (const options of s.show ?? []) {
      harness.show(options);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    if (s.stale) harness.store.markStale();
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (s.select) harness.select(...s.select);
    if (s.follow) harness.ui.follow('data/digits/0/0000.png');
    if (s.lineage) harness.ui.lineage = true;
    if (s.cell) harness.ui.activeCell = s.cell;
    if (s.search) {
      document.querySelector('.stemma-Panel').dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
      const input = document.querySelector('.stemma-Search-input');
      input.value = s.search;
      input.dispatchEvent(new Event('input'));
    }
    if (s.tab) harness.ui.tab = s.tab;
    if (s.open) {
      harness.graph.refresh();
      harness.graph.toggle(harness.graph.foldOf(harness.ui.selected));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (s.scroll) document.querySelector('.stemma-Page:not([hidden])').scrollTop = s.scroll;
  }, scene);
  await tab.screenshot({ path: `${out}${scene.name}.png` });
  console.log(scene.name);
  await tab.close();
}
await browser.close();
