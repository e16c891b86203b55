/** A dataset as the value of a cell: a few lines before it has run, its samples as a table afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { SALES, writeReplayed } from './support/replayed-notebooks';

describe('the samples of a dataset below its cell', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeReplayed(lab.folder);
    page = await lab.open('sales.ipynb');
    await page.runCell(SALES.declare);
  });
  afterAll(() => lab?.close());

  const output = () => page.page.locator('.jp-OutputArea .stemma-Panel').first();
  const table = () => output().locator('.stemma-Page:not([hidden]) .stemma-mod-samples');
  const heightOf = async () => (await output().boundingBox())?.height ?? NaN;
  const column = (name: string) =>
    table().evaluate((element, wanted) => {
      const heads = [...element.querySelectorAll('th')];
      const at = heads.findIndex((head) => head.querySelector('.stemma-Sort-name')?.textContent === wanted);
      return [...element.querySelectorAll('tbody tr')].map((row) => row.children[at]?.textContent ?? '');
    }, name);

  it('are announced in a few lines before it has run', async () => {
    await expect.poll(() => output().getAttribute('data-stemma-state')).toBe('new');
    await expect.poll(() => output().innerText()).toContain('Sales CSV → Parse quantity and price of the order →');
    expect(await heightOf()).toBeLessThan(100);
  });

  it('stand above the graph once it has', async () => {
    await page.runCell(SALES.totals);
    await expect.poll(() => output().getAttribute('data-stemma-state')).toBe('complete');
    await table().waitFor();
    const [rows, graph] = [await table().boundingBox(), await output().locator('.stemma-Stage').boundingBox()];
    expect(rows!.y).toBeLessThan(graph!.y);
    expect(await heightOf()).toBeGreaterThan(400);
    // How values are distributed stands in the head of their column, and of which items that is.
    const price = table().locator('th', { hasText: 'price' });
    await price.locator('.stemma-Histogram').waitFor();
    expect(await price.locator('.stemma-Sort').getAttribute('title')).toMatch(/sample of \d+ of 19,948 items/);
    await expect.poll(() => table().locator('th', { hasText: 'country' }).innerText()).toContain('4 distinct');
    await page.screenshot('samples-first-light');
    await page.useTheme('JupyterLab Dark');
    await page.screenshot('samples-first-dark');
    await page.useTheme('JupyterLab Light');
  });

  it('keep index and origin in view while the columns between them scroll', async () => {
    const scroll = output().locator('.stemma-Page:not([hidden]) .stemma-Scroll');
    await expect.poll(() => scroll.getAttribute('data-more-right')).toBe('true');
    // All at once: new samples make a new table.
    const isInView = () =>
      scroll.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const cells = [...element.querySelectorAll('td.stemma-mod-index, td.stemma-mod-origin')];
        const boxes = cells.map((cell) => cell.getBoundingClientRect());
        return boxes.length > 0 && boxes.every(({ left, right }) => left >= box.left - 1 && right <= box.right + 1);
      });
    await expect.poll(isInView).toBe(true);
    const scrolled = async () => {
      await scroll.evaluate((element) => (element.scrollLeft = element.scrollWidth));
      return [await scroll.getAttribute('data-more-left'), await scroll.getAttribute('data-more-right')];
    };
    await expect.poll(scrolled).toEqual(['true', 'false']);
    await expect.poll(isInView).toBe(true);
  });

  it('are sorted by a click on the name of a column, and come back in their order', async () => {
    const asTheyCame = await column('price');
    const sort = table().locator('.stemma-Sort', { hasText: 'price' });
    const numbers = [...asTheyCame].map(Number).sort((a, b) => a - b);
    await sort.click();
    expect((await column('price')).map(Number)).toEqual(numbers);
    await sort.click();
    expect((await column('price')).map(Number)).toEqual(numbers.reverse());
    await sort.click();
    expect(await column('price')).toEqual(asTheyCame);
  });

  it('show the columns that a person chooses', async () => {
    const chooser = output().locator('.stemma-Page:not([hidden]) .stemma-Columns');
    const title = chooser.locator('summary');
    expect(await title.innerText()).toBe('10 columns');
    await title.click();
    await chooser.getByLabel('discount').uncheck();
    expect(await title.innerText()).toBe('9 of 10 columns');
    expect(await table().locator('th:visible', { hasText: 'discount' }).count()).toBe(0);
    // Rows that come later follow the choice, too.
    await page.runCell(SALES.totals);
    await page.panelStateIs('complete');
    expect(await table().locator('th:visible', { hasText: 'discount' }).count()).toBe(0);
    await chooser.locator('summary').click();
    await chooser.getByLabel('discount').check();
    await table().locator('th:visible', { hasText: 'discount' }).waitFor();
    expect(page.errors).toEqual([]);
  });

  it('are in the notebook once it is saved', async () => {
    await page.save();
    await page.page.reload();
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await table().waitFor();
  });
});
