/** Two records as one graph: what a person sees, reads and reaches by the keyboard; and the way there in JupyterLab. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparedDocuments } from '../panel/compared-documents';
import { type Stand, startStand } from '../panel/stand';
import { type Lab, openLab } from './support/lab';
import { writeNotebook } from './support/notebook-file';

const [before, after] = comparedDocuments();
/** By label, as the tree beside the canvas has it. */
const marksOf = (page: Page) =>
  page
    .locator('[role=treeitem][data-type=process]')
    .evaluateAll((items) => Object.fromEntries(items.map((item) => [item.dataset['label'], item.dataset['match']])));

describe('a comparison', () => {
  let stand: Stand;
  let page: Page;
  beforeAll(async () => {
    stand = await startStand();
    page = await stand.open({ width: 320, height: 900 });
    // As text: the types of a document are too deep for the types of what a page takes.
    await page.evaluate(
      (text) => window.harness.compare(...(JSON.parse(text) as [never, never])),
      JSON.stringify([before, after]),
    );
  });
  afterAll(() => stand?.close());

  it('marks each step by more than a colour', async () => {
    expect(await marksOf(page)).toMatchObject({
      'Sales CSV': 'same',
      'Country allowed': 'added',
      'Parse quantity and price of the order': 'changed',
      'Compute revenue per order line': 'changed',
      'Split by item train': 'upstream',
      'Split by item test': 'removed',
    });
    const spoken = await page.locator('[role=treeitem][data-label="Split by item test"]').first().textContent();
    expect(spoken).toBe('Split by item test, split, removed');
    expect(await page.locator('.stemma-Compare-mark').allInnerTexts()).toEqual([
      '2 changed',
      '1 added',
      '2 removed',
      '6 changed upstream',
      '2 the same',
    ]);
    expect(await page.locator('.stemma-Compare-verdicts').innerText()).toContain('The definition differs.');
  });

  it('lists the steps that differ in the order of the graph, and goes through them by the keyboard', async () => {
    const entries = page.getByRole('list', { name: 'Steps that differ, in the order of the graph' });
    await expect.poll(() => entries.getByRole('listitem').count()).toBe(11);
    expect(await entries.getByRole('listitem').first().innerText()).toMatch(/^Country allowed\s+added$/);
    const next = page.getByRole('button', { name: 'Next difference' });
    await next.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const place = page.locator('.stemma-CompareNav-place');
    await expect.poll(() => place.innerText()).toBe('2 of 11: Parse quantity and price of the order, changed');
    expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('shows of a step only what differs, the code line by line, within 320 pixels', async () => {
    const rows = page.locator('.stemma-Compared tbody tr');
    await expect
      .poll(async () => (await rows.allInnerTexts()).map((text) => text.split(/\s+/)))
      .toEqual([['currency', 'EUR', 'USD']]);
    await page.getByRole('button', { name: 'Next difference' }).press('Enter');
    const lines = page.locator('.stemma-CodeLine');
    await expect.poll(() => lines.locator('visible=true').count()).toBe(6);
    expect(await page.locator('del.stemma-CodeLine').innerText()).toContain('− ');
    expect(await page.locator('ins.stemma-CodeLine').innerText()).toContain('Math.round');
    const { scroll, width } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: document.documentElement.clientWidth,
    }));
    expect(scroll).toBe(width);
    await page.getByRole('tab', { name: 'Environment' }).click();
    const environment = page.getByRole('tabpanel', { name: 'Environment' });
    await expect.poll(() => environment.locator('tbody th').allInnerTexts()).toEqual(['node']);
  });
});

it('in JupyterLab, a record is compared with a file, and a run with another', async () => {
  const lab: Lab = await openLab();
  try {
    writeFileSync(join(lab.folder, 'monday.provenance.json'), JSON.stringify(before));
    writeFileSync(join(lab.folder, 'tuesday.provenance.json'), JSON.stringify(after));
    writeNotebook(join(lab.folder, 'runs.ipynb'), [
      `import { Dataset } from 'stemma';
await Dataset.range(9, 'Rows').map((n) => n + 1, 'Add').count('Count');`,
    ]);
    const page = await lab.open('runs.ipynb');
    await page.execute('docmanager:open', { path: 'tuesday.provenance.json' });
    const file = page.page.locator('.jp-MimeDocument .stemma-Rendered');
    await file.locator('[role=treeitem]').first().waitFor({ state: 'attached' });
    await file.locator('.stemma-Header-title').click();
    await page.execute('jupyterlab-stemma:compare-with');
    const dialog = page.page.locator('.jp-Dialog');
    await dialog.locator('.jp-DirListing-item', { hasText: 'monday.provenance.json' }).click();
    await dialog.locator('.jp-mod-accept').click();
    const compared = page.page.locator('.stemma-ComparedView:visible');
    await compared.locator('[role=treeitem][data-match=added]').first().waitFor({ state: 'attached' });
    expect(await compared.locator('.stemma-Compare-mark').first().innerText()).toBe('2 changed');
    expect(await compared.locator('.stemma-Compare-names').innerText()).toContain('monday.provenance.json');
    await page.screenshot('comparing-files');

    await page.execute('docmanager:open', { path: 'runs.ipynb' });
    await page.runCell(0);
    await page.panelStateIs('complete');
    await page.replaceCell(
      0,
      `import { Dataset } from 'stemma';
await Dataset.range(9, 'Rows').map((n) => n + 2, 'Add').count('Count');`,
    );
    await page.runCell(0);
    await expect.poll(() => page.panel.locator('.stemma-RunSelect option').count()).toBe(4);
    await page.panelStateIs('complete');
    await page.panel.locator('.stemma-Header-state').click();
    await page.execute('jupyterlab-stemma:compare-runs');
    await dialog.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => compared.locator('.stemma-Compare-names').innerText()).toContain('Run 2');
    await expect
      .poll(() => compared.locator('[data-type=process][data-label=Add]').getAttribute('data-match'))
      .toBe('changed');
    expect(await compared.locator('[data-type=process][data-label=Rows]').getAttribute('data-match')).toBe('same');
    expect(page.errors).toEqual([]);
  } finally {
    await lab.close();
  }
});
