/**
 * From what failed to where and on which item: the head, the list of problems, the line of the cell, the item, a test
 * of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { SALES, writeReplayed } from './support/replayed-notebooks';

describe('a run that fails', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeReplayed(lab.folder);
    page = await lab.open('sales.ipynb');
    await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.runCell(SALES.declare);
    await page.runCell(SALES.fail);
    await page.panelStateIs('failed');
  });
  afterAll(() => lab?.close());

  const problems = () => page.panel.locator('.stemma-Page:not([hidden])');
  const inBothThemes = async (name: string) => {
    await page.cameraRests();
    await page.screenshot(`${name}-light`);
    await page.useTheme('JupyterLab Dark');
    await page.screenshot(`${name}-dark`);
    await page.useTheme('JupyterLab Light');
  };

  it('says in the head what failed, which leads to the step', async () => {
    const reason = page.panel.locator('.stemma-Header-sink');
    await expect.poll(() => reason.innerText()).toBe('Check: order 115003 was cancelled');
    // What came out is less than what was read: each says which it is.
    const figures = page.panel.locator('.stemma-Header-figures');
    expect(await figures.innerText()).toMatch(/^14,96\d\s*of 15,\d{3} read\s+items delivered/);
    await page.select('Sales CSV');
    await reason.click();
    await page.panel.locator('[role="treeitem"][data-label="Check"][aria-selected="true"]').first().waitFor();
    const badge = page.panel.locator('[data-tab="problems"] .stemma-Badge');
    expect(await badge.getAttribute('data-tone')).toBe('error');
    await inBothThemes('failure-details');
  });

  it('lists problems of one message once, with all their items', async () => {
    await page.panel.locator('[data-tab="problems"]').click();
    const skipped = problems().locator('.stemma-Section', { hasText: 'Parse quantity and price of the order' });
    await expect.poll(() => skipped.locator('.stemma-Failure').count()).toBe(1);
    await expect.poll(() => skipped.locator('.stemma-Failure-message').innerText()).toMatch(/is not a number × \d+$/);
    expect(await skipped.locator('.stemma-Failure-items li').count()).toBeGreaterThan(5);
    await inBothThemes('failure-problems');
  });

  it('leads to the line of the cell', async () => {
    const failed = problems().locator('.stemma-Section', { hasText: 'Check' }).first();
    await failed.getByRole('button', { name: /^cell \[\d+\], line 1$/ }).click();
    const active = page.page.locator('.jp-Notebook .jp-mod-active');
    await expect.poll(() => active.innerText()).toContain('was cancelled');
    const selected = () => page.page.evaluate(() => getSelection()?.toString() ?? '');
    await expect.poll(selected).toContain('revenue.map');
    await page.screenshot('failure-line');
  });

  it('copies a test case', async () => {
    const failed = problems().locator('.stemma-Section', { hasText: 'Check' }).first();
    await failed.getByRole('button', { name: 'Copy as a test case' }).click();
    const clipboard = () => page.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toContain('order_id: 115003');
    expect(await clipboard()).toContain('test("Check: order 115003 was cancelled"');
    await failed.getByText('Copied').waitFor();
  });

  it('traces the item that failed', async () => {
    const failed = problems().locator('.stemma-Section', { hasText: 'Check' }).first();
    await failed.getByRole('button', { name: 'sales.csv line 15005' }).click();
    await page.panel.locator('.stemma-Details').getByText('Tracing sales.csv line 15005').waitFor();
    expect(page.errors).toEqual([]);
  });
});
