/** The documentation site as a reader has it: built, served on this machine, in a real browser. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDocs } from '../../scripts/support/docs-site.mjs';
import { inRoot } from '../../scripts/support/paths.mjs';
import { brokenLinks, pagesOf, serve } from '../support/static-site';
import { connectBrowser } from './support/shared-browser';

const artefacts = inRoot('tests', 'artefacts', 'docs');
mkdirSync(artefacts, { recursive: true });

describe('the documentation site', () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  const requests: string[] = [];
  const complaints: string[] = [];

  async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(site.url + path, { waitUntil: 'networkidle' });
    return page;
  }

  beforeAll(async () => {
    folder = await buildDocs();
    site = await serve(folder);
    browser = await connectBrowser();
  }, 20 * 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('links to pages, places on them and images that are there', () => expect(brokenLinks(folder)).toEqual([]));

  it('has a page for each public name, and each tutorial', () => {
    const pages = [...pagesOf(folder).keys()];
    expect(pages).toEqual(
      expect.arrayContaining([
        '/reference/api/stemma/classes/Dataset.html',
        '/reference/api/stemma-kernel/functions/display.html',
        '/reference/api/stemma-monitor/variables/monitor.html',
        ...['images', 'tables', 'text', 'time-series'].map((name) => `/tutorials/${name}.html`),
      ]),
    );
  });

  it('has no page that the sidebar does not lead to', async () => {
    const page = await open('/install.html');
    const listed = await page
      .locator('.VPSidebar a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const written = [...pagesOf(folder).keys()].filter((path) => !/reference\/api|404|^\/index/.test(path));
    expect(written.filter((path) => !listed.includes(path))).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('reads well in the %s theme', async (scheme) => {
    for (const [name, path] of Object.entries(LOOKED_AT)) {
      const page = await open(path, scheme);
      expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(scheme === 'dark');
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wider, `${path} is wider than the window`).toBe(false);
      await page.screenshot({ path: join(artefacts, `${name}-${scheme}.png`) });
      await page.close();
    }
  });

  it('finds an operation by its search', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.search-input').fill('paddedBatch');
    await page.locator('.result').first().waitFor();
    expect(await page.locator('.results').innerText()).toContain('paddedBatch');
    await page.screenshot({ path: join(artefacts, 'search.png') });
    await page.close();
  });

  it('asks nothing of another server, and complains of nothing', () => {
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

const LOOKED_AT = {
  home: '/',
  install: '/install.html',
  tutorial: '/tutorials/tables.html',
  operations: '/reference/operations.html',
  dataset: '/reference/api/stemma/classes/Dataset.html',
  'coming-from': '/coming-from.html',
};
