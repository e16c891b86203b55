/** What happens to pages and kernels in a working day: reloads, restarts, several notebooks, other kernels. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

describe('the panel', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
    writeNotebook(join(lab.folder, 'slow.ipynb'), [slowCell('Slow', 12)]);
    writeNotebook(join(lab.folder, 'one.ipynb'), [slowCell('One', 1)]);
    writeNotebook(join(lab.folder, 'two.ipynb'), [slowCell('Two', 1)]);
    writeNotebook(join(lab.folder, 'python.ipynb'), ['1 + 1'], 'python3');
  });
  afterAll(() => lab?.close());

  const itemsOut = async (page: LabPage, label: string) =>
    (await page.nodes()).find((node) => node.label === label && node.type === 'process')?.itemsOut ?? 0;

  it('goes on growing after a reload in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 20_000 }).toBeGreaterThan(50);
    await page.page.reload();
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await page.panel.waitFor();
    await page.panelStateIs('running');
    const after = await itemsOut(page, 'Slow');
    expect(after).toBeGreaterThan(50);
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 20_000 }).toBeGreaterThan(after);
    await page.panelStateIs('complete');
    expect(await itemsOut(page, 'Slow')).toBe(1200);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('starts anew when the kernel is restarted', async () => {
    const page = await lab.open('one.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.restartKernel();
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
    const labels = (await page.nodes()).filter(({ type }) => type === 'process').map(({ label }) => label);
    expect(labels.filter((label) => label === 'One')).toHaveLength(1);
    expect(await itemsOut(page, 'One')).toBe(100);
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
    expect(await itemsOut(page, 'One')).toBe(0);
    await page.execute('docmanager:open', { path: 'one.ipynb' });
    await page.node('One').waitFor({ state: 'attached' });
    expect(await itemsOut(page, 'Two')).toBe(0);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('shows two notebooks that run at the same time, each its own record', async () => {
    const [one, slow] = [await lab.open('one.ipynb'), await lab.open('slow.ipynb')];
    await slow.runAllCells();
    await one.runAllCells();
    await one.panelStateIs('complete');
    await slow.panelStateIs('running');
    expect(await itemsOut(one, 'One')).toBe(100);
    expect(await itemsOut(one, 'Slow')).toBe(0);
    await expect.poll(() => itemsOut(slow, 'Slow')).toBeGreaterThan(0);
    await slow.panelStateIs('complete');
    expect([...one.errors, ...slow.errors]).toEqual([]);
    await one.close();
    await slow.close();
  });

  it('shows a second tab on the same kernel the whole record', async () => {
    const first = await lab.open('one.ipynb');
    await first.runAllCells();
    await first.panelStateIs('complete');
    const second = await lab.openTab(first, 'one.ipynb');
    await second.panelStateIs('complete');
    expect(await itemsOut(second, 'One')).toBe(await itemsOut(first, 'One'));
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
