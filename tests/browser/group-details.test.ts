/** What Details show of a group: what its steps did together, also while they run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

/** A run of 120 parts that stands still after five items of each until there is a file. */
const CELLS = [
  `import { Dataset } from 'stemma';
import { existsSync } from 'node:fs';
const parts = Array.from({ length: 120 }, (_, i) => Dataset.range(20, \`Read \${i}\`).map((n) => n * i, \`Work \${i}\`));
const all = Dataset.interleave(parts);
let seen = 0;
await all.forEach(async () => { while (++seen > 600 && !existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20)); }, 'Wait');`,
  `await Dataset.range(50, 'Numbers').map((n) => n + 1, 'One more').filter((n) => n % 2 === 0, 'Even').count('Count');`,
];

describe('the details of a group', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'together.ipynb'), CELLS);
    page = await lab.open('together.ipynb', { width: 1500, height: 1400 });
  });
  afterAll(() => lab?.close());

  const details = () => page.panel.locator('.stemma-Details');
  const times = () => details().locator('.stemma-Section', { hasText: 'Self time per item' });
  const bars = () => times().locator('.stemma-Quantiles-bars rect').count();
  const note = () => times().locator('.stemma-Hint').innerText();
  const state = () => page.panel.getAttribute('data-stemma-state');

  it('show the distribution of its steps together while they run, up to the limit of watched streams', async () => {
    await page.runAllCells();
    await page.panelStateIs('running');
    await page.node('Work 0…119').waitFor({ state: 'attached' });
    await page.select('Work 0…119');
    await expect.poll(note).toBe('100 of the 120 steps of the group. 20 more are added once they have finished.');
    await expect.poll(bars).toBeGreaterThan(0);
    expect(await state()).toBe('running');
    await page.screenshot('group-running');
  });

  it('have that of all when they have ended', async () => {
    writeFileSync(join(lab.folder, 'go'), '');
    await page.panelStateIs('complete');
    await expect.poll(note).toBe('All 120 steps of the group together.');
    const figure = async (name: string) =>
      (await details().locator('.stemma-Figure', { hasText: name }).innerText()).split('\n')[0];
    expect(await figure('items out')).toBe('2,400');
    expect([await figure('skipped'), await figure('failed')]).toEqual(['0', '0']);
    await expect.poll(() => times().locator('svg').getAttribute('aria-label')).toContain(await figure('p95'));
  });

  it('list a hundred steps, and more on a click', async () => {
    const members = details().locator('.stemma-Section', { hasText: 'The 120 steps of the group' }).locator('tbody tr');
    const rows = () => members.count();
    expect(await rows()).toBe(100);
    await details().getByRole('button', { name: 'Show 20 more' }).click();
    expect(await rows()).toBe(120);
    expect(await members.last().innerText()).toContain('Work 119');
    await details().getByRole('button', { name: /more$/ }).waitFor({ state: 'hidden' });
  });

  it('say of what kinds the steps of a cell are', async () => {
    await page.allCellsDone();
    await page.setting('groupCells', true);
    await page.node('[2] … Count').waitFor({ state: 'attached' });
    await page.select('[2] … Count');
    await expect
      .poll(note)
      .toBe('All 4 steps of the group together. Kinds: range, map, filter, count. An item counts once per step.');
    await page.screenshot('group-of-a-cell');
    expect(page.errors).toEqual([]);
  });
});
