/** What data contain is shown, and is never markup, code, or a way to break the page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const SCRIPT = '<img src=x onerror="window.attacked=1"><script>window.attacked=2</script>';
const SVG = '<svg onload="window.attacked=3"><a href="javascript:window.attacked=4">x</a></svg>';
const CELLS = [
  `import { Dataset, show } from 'stemma';
const texts = [
  ${JSON.stringify(SCRIPT)},
  ${JSON.stringify(SVG)},
  'x'.repeat(1_000_000),
  '\\u202e\\u2066right to left\\u0000\\u0007',
  'javascript:window.attacked=5',
  '{{constructor.constructor("window.attacked=6")()}}',
];
const hostile = Dataset.fromArray(texts, ${JSON.stringify(SCRIPT)})
  .map((text) => ({ [text.slice(0, 90)]: text, html: text, 'text/html': text }), { identifier: 'L'.repeat(1_000_000) })
  .filter(() => true, '\\u202eevil\\u202c \\u2067' + ${JSON.stringify(SVG)})
  .map((item) => { if (item.html.length > 1000) throw new Error(${JSON.stringify(SCRIPT)} + 'E'.repeat(100_000)); return item; },
    { identifier: 'Fails', onError: 'skip' });
show(hostile);
await hostile.toArray();`,
];

describe('content of data', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'hostile.ipynb'), CELLS);
    page = await lab.open('hostile.ipynb');
    await page.runAllCells();
    await page.allCellsDone();
    expect(await page.cellErrors()).toEqual([]);
    await page.panelStateIs('complete');
  });
  afterAll(() => lab?.close());

  /** Walks through everything that can be shown of each node. */
  async function lookAtEverything(): Promise<void> {
    for (const { id } of await page.nodes()) {
      await page.panel.locator(`[data-node-id="${id}"]`).dispatchEvent('click');
      await page.page.waitForTimeout(300);
    }
    for (const tab of ['timings', 'problems', 'session', 'details']) {
      await page.panel.locator(`[data-tab="${tab}"]`).click();
      await page.page.waitForTimeout(100);
    }
  }

  it('never runs', async () => {
    await lookAtEverything();
    const found = await page.page.evaluate(() => ({
      attacked: (window as { attacked?: number }).attacked,
      elements: document.querySelectorAll(
        '.stemma-Root script, .stemma-Root iframe, .stemma-Root a[href], .stemma-Root [onload], .stemma-Root [onerror]',
      ).length,
      images: [...document.querySelectorAll<HTMLImageElement>('.stemma-Root img')].map(({ src }) => src.slice(0, 22)),
    }));
    expect(found.attacked).toBeUndefined();
    expect(found.elements).toBe(0);
    for (const source of found.images) expect(source).toBe('data:image/png;base64,');
    expect(page.errors).toEqual([]);
  });

  it('is shown as the text that it is', async () => {
    await page.panel.locator('[data-type="artifact"]').first().dispatchEvent('click');
    await page.panel.locator('.stemma-Table.stemma-mod-samples').getByText('<svg onload=').first().waitFor();
    await page.screenshot('hostile');
  });

  it('does not make anything wider than the panel', async () => {
    const widths = await page.panel.evaluate((panel) => ({
      panel: panel.clientWidth,
      overflow: [
        panel,
        ...panel.querySelectorAll<HTMLElement>('.stemma-Header, .stemma-Body, .stemma-Page, .stemma-Tabs'),
      ]
        .filter((element) => element.clientWidth > 0)
        .map((element) => element.scrollWidth - element.clientWidth),
    }));
    expect(Math.max(...widths.overflow)).toBeLessThanOrEqual(1);
    const beyond = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });

  it('keeps its direction to itself: what stands beside it is not turned around', async () => {
    const evil = page.panel.locator('[data-type="process"][data-label*="evil"]');
    await evil.dispatchEvent('click');
    const { title, chip } = await page.panel.evaluate((panel) => {
      const left = (selector: string) => panel.querySelector(selector)?.getBoundingClientRect().left ?? NaN;
      return { title: left('.stemma-Details-label'), chip: left('.stemma-Details-title .stemma-Chip:not([hidden])') };
    });
    expect(chip).toBeGreaterThan(title);
    // Labels, field names and origins go to the canvas and into lines with other text.
    const texts = await page.panel.locator('[role="treeitem"]').allTextContents();
    expect(texts.filter((text) => /[\p{Cc}\p{Cf}]/u.test(text))).toEqual([]);
    await page.panel.locator('[data-tab="problems"]').click();
    const where = page.panel.locator('.stemma-Failure-items li').first();
    await where.waitFor();
    expect(await where.locator('bdi').count()).toBeGreaterThan(1);
  });

  it('is as harmless in the HTML that is read elsewhere', async () => {
    await page.save();
    const { cells } = JSON.parse(readFileSync(join(lab.folder, 'hostile.ipynb'), 'utf8'));
    const html = cells[0].outputs
      .flatMap(({ data }: { data?: Record<string, string | string[]> }) => data?.['text/html'] ?? [])
      .join('');
    expect(html).toContain('<img');
    const reader = await page.page.context().newPage();
    await reader.setContent(html);
    const image = reader.locator('img');
    expect(
      await image.evaluate((element) =>
        (element as HTMLImageElement).decode().then(() => (element as HTMLImageElement).naturalWidth),
      ),
    ).toBeGreaterThan(100);
    // The picture's markup, too, as if it were part of a page.
    const [, base64 = ''] = ((await image.getAttribute('src')) ?? '').split(',');
    const svg = Buffer.from(base64, 'base64').toString();
    expect(svg).toContain('<svg');
    for (const content of [html, svg]) {
      await reader.setContent(content);
      const found = await reader.evaluate(() => ({
        attacked: (window as { attacked?: number }).attacked,
        elements: [...document.querySelectorAll('*')].filter(
          (element) =>
            ['script', 'iframe', 'a', 'foreignObject'].includes(element.localName) ||
            [...element.attributes].some(({ name }) => name.startsWith('on')),
        ).length,
      }));
      expect(found).toEqual({ attacked: undefined, elements: 0 });
    }
    await reader.close();
  });
});
