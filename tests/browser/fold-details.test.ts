/** What Details say of a fold: what its members did together, also while they run. */
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

describe('the details of a fold', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'together.ipynb'), CELLS);
    page = await lab.open('together.ipynb', { width: 1500, height: 1400 });
  });
  afterAll(() => lab?.close());

  const details = () => page.panel.locator('.stemma-Details');
  const times = () => details().locator('.stemma-Section', { hasText: 'Time per item' });
  const bars = () => times().locator('.stemma-Quantiles-bars rect').count();
  const note = () => times().locator('.stemma-Hint').innerText();
  const state = () => page.panel.getAttribute('data-stemma-state');

  it('have the distribution of its members together while they run, of so many as are watched', async () => {
    await page.runAllCells();
    await page.panelStateIs('running');
    await page.node('Work 0…119').waitFor({ state: 'attached' });
    await page.select('Work 0…119');
    await expect.poll(note).toBe('Of 100 of its 120 members. 20 more follow when they have ended.');
    await expect.poll(bars).toBeGreaterThan(0);
    expect(await state()).toBe('running');
    await page.screenshot('fold-running');
  });

  it('have that of all when they have ended', async () => {
    writeFileSync(join(lab.folder, 'go'), '');
    await page.panelStateIs('complete');
    await expect.poll(note).toBe('Of all 120 members together.');
    const figure = async (name: string) =>
      (await details().locator('.stemma-Figure', { hasText: name }).innerText()).split('\n')[0];
    expect(await figure('items out')).toBe('2,400');
    expect(await figure('skip · fail')).toBe('0 · 0');
    await expect.poll(() => times().locator('svg').getAttribute('aria-label')).toContain(await figure('95 % below'));
  });

  it('list a hundred members, and more on a click', async () => {
    const members = details().locator('.stemma-Section', { hasText: 'Its 120 members' }).locator('tbody tr');
    const rows = () => members.count();
    expect(await rows()).toBe(100);
    await details().getByRole('button', { name: '20 more …' }).click();
    expect(await rows()).toBe(120);
    expect(await members.last().innerText()).toContain('Work 119');
    await details()
      .getByRole('button', { name: /more …/ })
      .waitFor({ state: 'hidden' });
  });

  it('say of what kinds the steps of a cell are', async () => {
    await page.allCellsDone();
    await page.setting('foldCells', true);
    await page.node('[2] … Count').waitFor({ state: 'attached' });
    await page.select('[2] … Count');
    await expect
      .poll(note)
      .toBe(
        'Of all 4 members together. They differ in kind: range, map, filter, count. An item counts once at each step that it passes.',
      );
    await page.screenshot('fold-of-a-cell');
    expect(page.errors).toEqual([]);
  });
});
