import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { monitor, type RunningMonitor } from 'stemma-monitor';
import { inRoot } from '../../scripts/support/paths.mjs';
import { WORDING } from '../../monitor/page/wording';
import { validDocument } from '../support/schemas';
import { temporaryFolder } from '../support/temporary-folder';
import { until } from '../unit/monitor/client';
import { drawImages } from '../unit/monitor/pipeline';
import { Program } from '../unit/monitor/program';
import { connectBrowser } from '../browser/support/shared-browser';
import { MonitorPage } from './monitor-page';

const artefacts = inRoot('tests', 'artefacts', 'monitor');
mkdirSync(artefacts, { recursive: true });

const folder = temporaryFolder();
let browser: Browser;
let running: RunningMonitor;
const opened: MonitorPage[] = [];
const open = async (options = {}) => {
  const page = await MonitorPage.open(browser, running, options);
  opened.push(page);
  return page;
};

beforeAll(async () => {
  browser = await connectBrowser();
  running = await monitor.start();
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.close();
});
afterAll(async () => {
  await browser.close();
  await running.stop();
});

/** Nothing is wider than its place. */
const FITS = { beyond: 0, overflow: [] };
const isDone = (nodes: { label: string; state: string }[], label: string) =>
  nodes.some((node) => node.label === label && node.state === 'complete');

describe('the page', () => {
  it('follows a pipeline while it runs, with the views of the panel', async () => {
    const page = await open();
    await page.page.getByText('Nothing recorded yet').waitFor();
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const result = Dataset.range(40, 'Rows')
      .map(async (row) => (row < 20 ? row : gate.then(() => row)), { identifier: 'Wait', concurrency: 1 })
      .count();
    const seen = (nodes: { label: string; state: string; itemsOut: number }[]) =>
      nodes.find(({ label }) => label === 'Wait')?.itemsOut;
    await until(
      () => page.nodes(),
      (nodes) => seen(nodes) === 20,
    );
    expect((await page.nodes()).map(({ state }) => state)).toEqual(['running', 'running', 'running']);
    goOn();
    expect(await result).toBe(40);
    await until(
      () => page.nodes(),
      (nodes) => seen(nodes) === 40 && isDone(nodes, 'Wait'),
    );
    expect(page.complaints).toEqual([]);
    expect(page.foreign).toEqual([]);
    expect(new URL(page.page.url()).search).toBe('');
  });

  it.each(['light', 'dark'] as const)('shows pictures of the data, in the %s theme', async (colorScheme) => {
    const page = await open({ colorScheme });
    await drawImages();
    await until(
      () => page.nodes(),
      (nodes) => isDone(nodes, 'Train'),
    );
    await page.select('Draw \\"images\\"');
    const pictures = page.page.locator('.stemma-Image');
    await pictures.first().waitFor();
    const widths = await pictures.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
    expect(widths.every((width) => width === 28)).toBe(true);
    const background = await page.page.locator('#monitor').evaluate((node) => getComputedStyle(node).backgroundColor);
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(27, 28, 30)' : 'rgb(255, 255, 255)');
    expect(page.complaints).toEqual([]);
    await page.page.screenshot({ path: join(artefacts, `${colorScheme}.png`) });
  });

  it('says that the program keeps its thread busy', async () => {
    const page = await open();
    await until(
      () => page.nodes(),
      (nodes) => nodes.length > 0,
    );
    // The browser's driver lives in this thread too, so the page has to look by itself.
    const told = page.page.waitForFunction(
      () => /^Program busy: no updates for .*$/m.test(document.body.innerText),
      null,
      { polling: 'raf' },
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const end = performance.now() + 3_000;
    while (performance.now() < end);
    await told;
    await page.page.getByText(/^The program keeps its thread busy/).waitFor({ state: 'hidden' });
    expect(page.complaints).toEqual([]);
  });

  it('can be opened again without the token in its address', async () => {
    const page = await open();
    await page.page.goto(running.url);
    await until(
      () => page.nodes(),
      (nodes) => nodes.length > 0,
    );
  });

  it('goes on with a monitor that was restarted under it, and forgets what that does not know', async () => {
    const page = await open();
    const program = new Program('report.mjs', running.url, running.token, '0');
    await program.ended;
    await until(
      () => page.panels.count(),
      (count) => count === 2,
    );
    await page.page.getByText('The program has ended or stopped reporting').first().waitFor();
    await running.stop();
    await page.page.getByText('No connection to the monitor: this page is reconnecting').first().waitFor();
    running = await monitor.start({ port: Number(new URL(running.url).port), token: running.token });
    await until(
      () => page.panels.count(),
      (count) => count === 1,
    );
    await Dataset.range(7, 'After the restart').count();
    await until(
      () => page.nodes(),
      (nodes) => nodes.some(({ label }) => label === 'After the restart'),
    );
  });

  it('says what to do where the restarted monitor needs another token', async () => {
    const page = await open();
    await until(
      () => page.nodes(),
      (nodes) => nodes.length > 0,
    );
    await running.stop();
    running = await monitor.start({ port: Number(new URL(running.url).port) });
    await page.page
      .getByText(/The monitor closed the connection: show the token: open the link/)
      .first()
      .waitFor();
  });

  it('is gone through with the keys alone', async () => {
    const page = await open();
    await page.page.locator('[role="treeitem"]').first().focus();
    const focused = () => page.page.evaluate(() => (document.activeElement as HTMLElement).dataset['nodeId']);
    const first = await focused();
    await page.page.keyboard.press('ArrowDown');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.page.keyboard.press('Enter');
    await page.page.locator('[aria-selected="true"][role="treeitem"]').waitFor({ state: 'attached' });
    await page.page.keyboard.press('Escape');
    await page.page.locator('[aria-selected="true"][role="treeitem"]').waitFor({ state: 'detached' });
    expect(page.complaints).toEqual([]);
  });

  it('shows what data contain as text, and is not wider than 320 pixels', async () => {
    const page = await open({ width: 320 });
    const script = '<img src=x onerror="window.attacked=1"><script>window.attacked=2</script>';
    await Dataset.fromArray([script, 'x'.repeat(100_000)], script)
      .map((text) => ({ [text.slice(0, 90)]: text }), { identifier: `\u202eevil${'L'.repeat(100_000)}` })
      .toArray('Hostile');
    await until(
      () => page.nodes(),
      (nodes) => isDone(nodes, 'Hostile'),
    );
    for (const node of await page.page.locator('[data-node-id]').all()) await node.dispatchEvent('click');
    await page.page.screenshot({ path: join(artefacts, 'narrow.png') });
    expect(await page.widths()).toEqual(FITS);
    await page.page.locator('[data-node-id][data-type="process"][data-label*="evil"]').dispatchEvent('click');
    await page.page.getByRole('tab', { name: 'Details', selected: true }).waitFor();
    await page.page.locator('.stemma-Details').getByText('mean per item').waitFor();
    await page.page.screenshot({ path: join(artefacts, 'narrow-details.png') });
    expect(await page.widths()).toEqual(FITS);
    const found = await page.page.evaluate(() => ({
      attacked: (window as { attacked?: number }).attacked,
      elements: document.querySelectorAll('#monitor script, #monitor iframe, #monitor a[href], #monitor [onerror]')
        .length,
    }));
    expect(found).toEqual({ elements: 0 });
    expect(page.complaints).toEqual([]);
  });

  it('exports the document with its samples', async () => {
    const page = await open();
    await until(
      () => page.nodes(),
      (nodes) => nodes.length > 0,
    );
    const download = page.page.waitForEvent('download');
    await page.page
      .getByRole('button', { name: /export|save/i })
      .first()
      .click();
    // The browser is not this process's own: it hands over the file once that is whole.
    const file = join(folder, 'exported.json');
    await (await download).saveAs(file);
    const document = validDocument(JSON.parse(readFileSync(file, 'utf8')));
    expect(document.artifacts.some(({ execution }) => execution.samples.length > 0)).toBe(true);
  });

  it('shows several processes side by side', async () => {
    const page = await open({ width: 1_500 });
    const programs = ['0', '100'].map((first) => new Program('report.mjs', running.url, running.token, first));
    for (const program of programs) {
      await program.line();
      expect(await program.ended).toBe(0);
    }
    await until(
      () => page.panels.count(),
      (count) => count === 3,
    );
    for (const index of [1, 2]) {
      const nodes = await until(
        () => page.nodes(page.panels.nth(index)),
        (all) => isDone(all, 'Sum'),
      );
      expect(nodes.map(({ label, itemsOut }) => [label, itemsOut])).toEqual([
        ['Rows', 10],
        ['Draw', 10],
        ['Sum', 1],
      ]);
    }
    await page.page.screenshot({ path: join(artefacts, 'side-by-side.png') });

    await page.page.getByRole('button', { name: 'Merged' }).click();
    const sums = await until(
      () => page.nodes(),
      (all) => all.some(({ label }) => label === 'Sum'),
    );
    expect(await page.panels.count()).toBe(1);
    expect(sums.find(({ label }) => label === 'Draw')).toMatchObject({ state: 'complete', itemsOut: 20 });
    await page.page.screenshot({ path: join(artefacts, 'merged.png') });
    await page.page.getByRole('button', { name: 'Side by side' }).click();
    expect(await page.panels.count()).toBe(3);
    expect(page.complaints).toEqual([]);
  });
});

describe('the wording of the page', () => {
  it('replaces sentences that the views really say', () => {
    const folder = inRoot('views', 'src');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    expect(Object.keys(WORDING).filter((text) => !source.includes(`'${text}'`))).toEqual([]);
  });
});
