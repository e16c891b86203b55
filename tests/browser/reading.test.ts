/** What a person reads from the graph and the details at a glance. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const PARSE = 'Parse quantity and price of the order';
const CELLS = [
  `import { Dataset } from 'stemma';
const orders = Dataset.range(1000, 'Orders').map((n) => {
  if (n % 200 === 3) throw new RangeError(\`order \${n} has no price\`);
  return { n, label: Math.floor(n / 100), price: n / 7, country: n % 2 ? 'DE' : 'FR', channel: 'web' };
}, { identifier: '${PARSE}', onError: 'skip' });
const kept = orders.filter(({ n }) => n % 10 !== 0, 'Keep some');
const batches = kept.batch(32, 'Batch');`,
  `await batches.forEach(() => {}, 'Train');`,
];

describe('reading the panel', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'orders.ipynb'), CELLS);
    page = await lab.open('orders.ipynb', { width: 1400, height: 1000 });
    await page.runCell(0);
    await page.runCell(1);
    await page.panelStateIs('complete');
  });
  afterAll(() => lab?.close());

  const details = () => page.panel.locator('.stemma-Details');
  const inBothThemes = async (name: string) => {
    await page.cameraRests();
    await page.screenshot(`${name}-light`);
    await page.useTheme('JupyterLab Dark');
    await page.screenshot(`${name}-dark`);
    await page.useTheme('JupyterLab Light');
  };

  it('says at each step how many items it left out', async () => {
    const lost = (label: string) => page.node(label).getAttribute('data-lost');
    await expect.poll(() => lost(PARSE)).toBe('5');
    await expect.poll(() => lost('Keep some')).toBe('100');
    expect(await lost('Batch')).toBe('0');
    expect(await page.node(PARSE).textContent()).toContain('5 skipped');
    expect(await page.node('Keep some').textContent()).toContain('100 dropped');
    await inBothThemes('reading-losses');
  });

  it('counts batches as batches, with the items in them', async () => {
    const head = page.panel.locator('.stemma-Header-figures');
    await expect.poll(() => head.innerText()).toContain('895 items');
    expect(await head.innerText()).toMatch(/^28\s*batches\b/);
  });

  it('shows no text smaller than ten pixels, and the whole of a label under the pointer', async () => {
    await page.cameraRests();
    expect((await page.camera()).zoom).toBeGreaterThanOrEqual(0.87);
    const { x, y } = await page.placeOf(PARSE);
    await page.page.mouse.move(x, y);
    const title = () => page.panel.locator('.stemma-Graph-canvas').getAttribute('title');
    await expect.poll(title).toContain(PARSE);
    expect(await title()).toContain('5 skipped: they failed');
  });

  it('lists the options and the code of a step before its charts', async () => {
    await page.select(PARSE);
    const titles = () => details().locator('.stemma-Section-title').allInnerTexts();
    await expect.poll(titles).toContain('Source');
    const order = await titles();
    const at = (name: RegExp) => order.findIndex((title) => name.test(title));
    expect(at(/^Options/)).toBeGreaterThan(-1);
    expect(at(/^Options/)).toBeLessThan(at(/^Time busy/));
    expect(at(/^Source/)).toBeLessThan(at(/^Time busy/));
    const skipped = details().locator('.stemma-Figure', { hasText: 'skipped' });
    expect(await skipped.getAttribute('title')).toContain("onError: 'skip'");
    await inBothThemes('reading-step');
  });

  it('says of which items the statistics of a stream are', async () => {
    await page.select(PARSE, 'artifact');
    const basis = details().locator('.stemma-Schema-basis');
    await basis.scrollIntoViewIfNeeded();
    expect(await basis.innerText()).toMatch(/^Statistics of (all 995|a sample of \d+ of 995) items$/);
    await inBothThemes('reading-stream');
    expect(page.errors).toEqual([]);
  });
});
