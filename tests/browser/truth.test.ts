/**
 * One truth on the screen: all numbers are of the same runs, a failure is where it happened, and what ended does not
 * run.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { reopenWithoutKernel } from './support/reopen';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset } from 'stemma';
import { existsSync } from 'node:fs';
const rows = Dataset.range(40, 'Rows').map((n) => ({ n }), 'Healthy');
rows`,
  `await rows.map((row) => { if (row.n === 17) throw new RangeError('row 17 is bad'); return row; }, 'Check').forEach(() => {}, 'Use');`,
  `const parts = Array.from({ length: 5 }, (_, i) => Dataset.range(200, \`Load class \${i}\`));
const all = Dataset.concat(...parts).map((n) => { if (n === 7) throw new Error('seven'); return n; }, { identifier: 'Decode', onError: 'skip' });
all`,
  `for (let epoch = 0; epoch < 2; epoch++) for await (const item of all) void item;`,
  `await all.forEach(async () => { while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20)); }, 'Slow');`,
];

describe('one truth', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'truth.ipynb'), CELLS);
    page = await lab.open('truth.ipynb', { width: 1700, height: 1100 });
  });
  afterAll(() => lab?.close());

  const output = (at: number) => page.page.locator('.jp-OutputArea .stemma-Panel').nth(at);
  const head = () => page.panel.locator('.stemma-Header').innerText();
  const choose = (text: string) => page.panel.locator('.stemma-RunSelect').selectOption({ label: text });
  const runs = () => page.panel.locator('.stemma-RunSelect option').allInnerTexts();
  const inBothThemes = async (name: string) => {
    await page.screenshot(`${name}-light`);
    await page.useTheme('JupyterLab Dark');
    await page.screenshot(`${name}-dark`);
    await page.useTheme('JupyterLab Light');
  };

  it('shows a failure at the step that failed, and nowhere else', async () => {
    await page.runCell(0);
    await page.runCell(1);
    await page.panelStateIs('failed');
    await expect.poll(head).toContain('Check: row 17 is bad');
    // Nothing was selected: what failed is, now.
    await page.panel.locator('[role="treeitem"][data-label="Check"][aria-selected="true"]').first().waitFor();
    const { x, y } = await page.placeOf('Check');
    const stage = (await page.panel.locator('.stemma-Graph').boundingBox())!;
    expect(x > stage.x && x < stage.x + stage.width && y > stage.y && y < stage.y + stage.height).toBe(true);
    const healthy = output(0);
    await expect.poll(() => healthy.locator('.stemma-Header').innerText()).toContain('Stopped: a later step failed');
    await expect.poll(() => healthy.getAttribute('data-stemma-state')).toBe('stopped');
    await inBothThemes('truth-failed');
  });

  it('has one scope for all numbers, which a person chooses', async () => {
    await page.runCell(2);
    await page.runCell(3);
    await page.panelStateIs('complete');
    await expect.poll(() => page.itemsOut('Decode')).toBe(995);
    const decode = async () => {
      const node = (await page.nodes()).find(({ label, type }) => label === 'Decode' && type === 'process');
      return [node?.itemsIn, node?.itemsOut];
    };
    const names = await runs();
    expect(names[0]).toBe('Latest run');
    expect(names.at(-1)).toBe('All 3 runs');
    await page.select('Decode');
    const figure = (name: string) =>
      page.panel.locator('.stemma-Details .stemma-Figure', { hasText: name }).innerText();
    expect(await decode()).toEqual([1000, 995]);
    await expect.poll(() => figure('items in')).toBe('1,000\nitems in');
    await inBothThemes('truth-latest');
    await choose('All 3 runs');
    await expect.poll(decode).toEqual([2000, 1990]);
    await expect.poll(() => figure('items in')).toBe('2,000\nitems in');
    await inBothThemes('truth-all');
    await page.execute('jupyterlab-stemma:show-tab', { tab: 'problems' });
    await expect
      .poll(() => page.panel.locator('.stemma-Problem-head').allInnerTexts())
      .toContain('Decode\n5 skipped · × 2 runs\ncell [3], line 2');
    await inBothThemes('truth-problems');
    await choose('Latest run');
    await page.execute('jupyterlab-stemma:show-tab', { tab: 'timings' });
    await inBothThemes('truth-timings');
  });

  it('lets a new run start at zero', async () => {
    void page.runCell(4);
    await page.panelStateIs('running');
    await expect.poll(() => page.itemsOut('Decode')).toBeLessThan(995);
    const group = (await page.nodes()).find(({ label, type }) => label === 'Load class 0…4' && type === 'process');
    expect(group?.itemsOut).toBeLessThan(1000);
  });

  it('never shows an id where its pipeline is declared again', async () => {
    writeFileSync(join(lab.folder, 'go'), '');
    await page.allCellsDone();
    await page.replaceCell(3, `await parts[0].map((n) => -n, 'Minus').forEach(() => {}, 'Elsewhere');`);
    await page.runCell(3);
    await page.allCellsDone();
    await expect.poll(() => page.panel.locator('.stemma-Header').innerText()).toContain('Elsewhere');
    const texts = await page.page.locator('.stemma-Header').allInnerTexts();
    for (const text of texts) expect(text).not.toMatch(/\b[pa]\d+\b/);
  });

  it('does not run once it is saved and its kernel is gone', async () => {
    await page.replaceCell(4, `await all.forEach(() => new Promise(() => {}), 'Forever');\n'';`);
    void page.runCell(4);
    await page.panelStateIs('running');
    await expect.poll(() => output(1).getAttribute('data-stemma-state')).toBe('running');
    // The page shows what it hears at once; the notebook has it with the kernel's next update.
    const saved = async () => {
      await page.save();
      return /"state": ?"running"/.test(readFileSync(join(lab.folder, 'truth.ipynb'), 'utf8'));
    };
    await expect.poll(saved, { timeout: 30_000, interval: 300 }).toBe(true);
    await inLab(page, (app) => app.context().shutdown());
    await expect.poll(() => page.panel.getAttribute('data-stemma-state')).toBe('aborted');
    await expect.poll(() => output(1).getAttribute('data-stemma-state')).toBe('aborted');
    // The kernel told how it ended; what was saved before that does not know.
    await expect.poll(() => output(1).locator('.stemma-Header').innerText()).toContain('Interrupted');
    await inLab(page, (app) => app.notebook().dispose());
    await reopenWithoutKernel(page, 'truth.ipynb');
    await expect.poll(() => output(1).getAttribute('data-stemma-state')).toBe('aborted');
    await expect.poll(() => output(1).locator('.stemma-Header').innerText()).toContain('Saved while running');
    await inBothThemes('truth-gone');
    // The manager of ipywidgets does not take the end of a kernel well.
    expect(page.errors.filter((text) => !text.includes('@jupyter-widgets'))).toEqual([]);
  });
});
