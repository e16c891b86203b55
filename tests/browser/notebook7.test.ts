/** Notebook 7 has side areas, too: the panel and the widget in a cell are there as they are in JupyterLab. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

/**
 * Errors of Notebook 7.6 itself: its shortcuts hear of an extension's settings before their own are there, and it
 * restores the folder that JupyterLab was last in by a command that it does not have.
 */
const NOTEBOOK_7_ALONE = /\(reading 'schema'\)|Command 'filebrowser:open-path' not registered/;

describe('Notebook 7', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'slow.ipynb'), [
      slowCell('Slow', 3),
      `Dataset.range(20, 'Rows').map((n) => n * n, 'Square')`,
    ]);
    page = await lab.openInNotebook7('slow.ipynb');
  });
  afterAll(() => lab?.close());

  it('has the panel, which follows the notebook while a cell runs', async () => {
    await page.runAllCells();
    await page.panelStateIs('running');
    const itemsOut = async (): Promise<number> =>
      (await page.nodes()).find(({ label, type }) => label === 'Slow' && type === 'process')?.itemsOut ?? 0;
    await expect.poll(itemsOut).toBeGreaterThan(10);
    await page.allCellsDone();
    await page.panelStateIs('complete');
    await page.select('Slow', 'artifact');
    await page.panel.locator('.stemma-Samples .stemma-Table').waitFor();
    await page.screenshot('notebook7');
  });

  it('offers no tab of the main area, which has room for the notebook alone', async () => {
    const isVisible = await page.page.evaluate(() => {
      interface Commands {
        isVisible(id: string): boolean;
      }
      const { commands } = (window as unknown as { jupyterapp: { commands: Commands } }).jupyterapp;
      return ['jupyterlab-stemma:show-panel', 'jupyterlab-stemma:open-tab'].map((id) => commands.isVisible(id));
    });
    expect(isVisible).toEqual([true, false]);
  });

  it('shows a dataset in its cell', async () => {
    await page.page
      .locator('.jp-OutputArea .stemma-Panel [data-label="Square"][data-type="process"]')
      .waitFor({ state: 'attached' });
    expect(page.errors.filter((error) => !NOTEBOOK_7_ALONE.test(error))).toEqual([]);
  });
});
