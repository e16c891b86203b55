/** What happens to pages and kernels in a working day: reloads, restarts, several notebooks, other kernels. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

describe('the panel', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'slow.ipynb'), [slowCell('Slow', 12)]);
    // Nobody waits for its end.
    writeNotebook(join(lab.folder, 'long.ipynb'), [slowCell('Long', 300)]);
    writeNotebook(join(lab.folder, 'one.ipynb'), [slowCell('One', 1)]);
    writeNotebook(join(lab.folder, 'two.ipynb'), [slowCell('Two', 1)]);
    // Cells with the same id count as one: the first is of the other notebook.
    writeNotebook(join(lab.folder, 'shared.ipynb'), ['1', slowCell('Two', 1)]);
    writeNotebook(join(lab.folder, 'python.ipynb'), ['1 + 1'], 'python3');
  });
  afterAll(() => lab?.close());

  it('goes on growing after a reload in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(50);
    await page.page.reload();
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await page.panel.waitFor();
    await page.panelStateIs('running');
    const after = await page.itemsOut('Slow');
    expect(after).toBeGreaterThan(50);
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(after);
    await page.panelStateIs('complete');
    expect(await page.itemsOut('Slow')).toBe(1200);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('starts afresh when the kernel is restarted', async () => {
    const page = await lab.open('one.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.restartKernel();
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
    const labels = (await page.nodes()).filter(({ type }) => type === 'process').map(({ label }) => label);
    expect(labels.filter((label) => label === 'One')).toHaveLength(1);
    expect(await page.itemsOut('One')).toBe(100);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('keeps what is selected when its cell runs again', async () => {
    const page = await lab.open('one.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.select('One', 'artifact');
    const selected = page.panel.locator('[role="treeitem"][aria-selected="true"]');
    await selected.waitFor({ state: 'attached' });
    const before = await selected.getAttribute('data-node-id');
    await page.runCell(0);
    await page.allCellsDone();
    await expect.poll(() => selected.getAttribute('data-node-id')).not.toBe(before);
    expect(await selected.getAttribute('data-type')).toBe('artifact');
    expect(await selected.getAttribute('data-label')).toBe('One');
    await page.panel.locator('.stemma-Samples .stemma-Table').waitFor();
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('follows the notebook that is in front', async () => {
    const page = await lab.open('one.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.execute('docmanager:open', { path: 'two.ipynb' });
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await page.panelStateIs('empty');
    await page.kernelIs('idle');
    await page.runAllCells();
    await page.node('Two').waitFor({ state: 'attached' });
    await page.allCellsDone();
    await page.panelStateIs('complete');
    expect(await page.itemsOut('One')).toBe(0);
    await page.execute('docmanager:open', { path: 'one.ipynb' });
    await page.node('One').waitFor({ state: 'attached' });
    expect(await page.itemsOut('Two')).toBe(0);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('shows two notebooks that run at the same time in one JupyterLab, each its own record', async () => {
    const page = await lab.open('long.ipynb');
    await page.runAllCells();
    await page.panelStateIs('running');
    await page.execute('docmanager:open', { path: 'one.ipynb' });
    await page.panelStateIs('empty');
    await page.kernelIs('idle');
    await page.runAllCells();
    await page.panelStateIs('complete');
    expect(await page.itemsOut('One')).toBe(100);
    expect(await page.itemsOut('Long')).toBe(0);
    // The other one went on meanwhile, and still does.
    await page.execute('docmanager:open', { path: 'long.ipynb' });
    await expect.poll(() => page.itemsOut('Long')).toBeGreaterThan(0);
    const seen = await page.itemsOut('Long');
    expect(await page.itemsOut('One')).toBe(0);
    await expect.poll(() => page.itemsOut('Long')).toBeGreaterThan(seen);
    await page.panelStateIs('running');
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('shows two notebooks on one kernel the same record, to each what it selects', async () => {
    const page = await lab.open('one.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.select('One');
    const kernel = await inLab(page, (app) => app.context().session?.kernel.id ?? '');
    await page.execute('docmanager:open', { path: 'shared.ipynb', kernel: { id: kernel } });
    await page.page.getByRole('tab', { name: 'shared.ipynb', selected: true }).waitFor();
    await page.panel.locator('[role="treeitem"][aria-selected="true"]').waitFor({ state: 'detached' });
    await expect.poll(() => page.itemsOut('One')).toBe(100);
    await page.runCell(1);
    await expect.poll(() => page.itemsOut('Two')).toBe(100);
    // The first notebook, whose connection came before, may go.
    await page.execute('docmanager:open', { path: 'one.ipynb' });
    await page.panel
      .locator('[role="treeitem"][aria-selected="true"][data-label="One"]')
      .waitFor({ state: 'attached' });
    await expect.poll(() => page.itemsOut('Two')).toBe(100);
    await inLab(page, (app) => app.notebook().dispose());
    await page.execute('docmanager:open', { path: 'shared.ipynb' });
    const run = page.runCell(1);
    await page.panelStateIs('running');
    await run;
    await page.panelStateIs('complete');
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('is live in two tabs on one kernel, each with a selection of its own', async () => {
    const first = await lab.open('slow.ipynb');
    const second = await lab.openTab(first, 'slow.ipynb');
    await first.runAllCells();
    for (const tab of [first, second]) {
      await tab.panelStateIs('running');
      const seen = await tab.itemsOut('Slow');
      await expect.poll(() => tab.itemsOut('Slow')).toBeGreaterThan(seen);
    }
    await first.select('Slow', 'artifact');
    await second.select('range');
    const heading = (tab: LabPage) => tab.panel.locator('.stemma-Details-label').innerText();
    await expect.poll(() => heading(second)).toBe('range');
    await first.panel.locator('.stemma-Samples .stemma-Table').waitFor();
    expect(await heading(first)).toBe('Slow');
    for (const tab of [first, second]) {
      await tab.panelStateIs('complete');
      expect(await tab.itemsOut('Slow')).toBe(1200);
    }
    expect([...first.errors, ...second.errors]).toEqual([]);
    await second.page.close();
    await first.close();
  });

  it('says what to do on a kernel without Stemma', async () => {
    const page = await lab.open('python.ipynb');
    await page.panel.getByText('This kernel does not record provenance').waitFor();
    await page.screenshot('other-kernel');
    expect(page.errors).toEqual([]);
    await page.close();
  });
});
