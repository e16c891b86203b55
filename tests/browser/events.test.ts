/** What can happen between a page and its kernel: after each of these the panel shows what is true. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, startLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

describe('the panel tells the truth', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
    writeNotebook(join(lab.folder, 'slow.ipynb'), [slowCell('Slow', 8)]);
    writeNotebook(join(lab.folder, 'quick.ipynb'), [slowCell('Quick', 0.5)]);
    writeNotebook(join(lab.folder, 'dies.ipynb'), [
      slowCell('Before', 0.5),
      `await Dataset.range(1000).map(async (n) => {
  await new Promise((done) => setTimeout(done, 10));
  if (n === 100) process.kill(process.pid, 'SIGKILL');
  return n;
}, { identifier: 'Dies', concurrency: 1 }).count();`,
    ]);
  });
  afterAll(() => lab?.close());

  const itemsOut = async (page: LabPage, label: string) =>
    (await page.nodes()).find((node) => node.label === label && node.type === 'process')?.itemsOut ?? 0;
  const processes = async (page: LabPage) =>
    (await page.nodes()).filter(({ type }) => type === 'process').map(({ label }) => label);
  const attribute = (page: LabPage, name: string) => page.panel.getAttribute(`data-stemma-${name}`);

  it('when the socket breaks in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 20_000 }).toBeGreaterThan(50);
    // It connects again so soon that nobody would see it: here only when told to.
    await inLab(page, (app) => {
      const kernel = app.kernel();
      const connect = kernel._createSocket;
      kernel._createSocket = () => {
        kernel._createSocket = connect;
      };
      kernel._ws.close();
    });
    await expect.poll(() => attribute(page, 'connection'), { timeout: 10_000 }).toBe('disconnected');
    await page.panel.getByText('No connection to the kernel').waitFor();
    await page.screenshot('event-disconnected');
    await inLab(page, (app) => app.kernel()._createSocket());
    await expect.poll(() => attribute(page, 'connection'), { timeout: 30_000 }).toBe('live');
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 30_000 }).toBe(800);
    await page.panelStateIs('complete');
    await page.close();
  });

  it('when the kernel is restarted from another tab', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    const other = await lab.openTab(page, 'quick.ipynb');
    await other.panelStateIs('complete');
    await other.restartKernel();
    await expect.poll(() => attribute(other, 'stale'), { timeout: 10_000 }).toBe('true');
    // The first tab hears of it with the new kernel's first message.
    await other.runAllCells();
    await expect.poll(() => attribute(other, 'stale'), { timeout: 20_000 }).toBe('false');
    await other.panelStateIs('complete');
    await expect.poll(() => attribute(page, 'stale'), { timeout: 20_000 }).toBe('false');
    await expect.poll(() => attribute(page, 'connection'), { timeout: 10_000 }).toBe('live');
    await page.panelStateIs('complete');
    expect(await processes(page)).toEqual(await processes(other));
    const session = (tab: LabPage) => inLab(tab, (app) => app.session());
    await expect.poll(() => session(page), { timeout: 10_000 }).toBe(await session(other));
    expect([...page.errors, ...other.errors]).toEqual([]);
    await other.page.close();
    await page.close();
  });

  it('when the kernel is restarted in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 20_000 }).toBeGreaterThan(50);
    await page.restartKernel();
    // The picture of the run that was cut off stays, grey, and nothing in it runs.
    await expect.poll(() => attribute(page, 'stale'), { timeout: 10_000 }).toBe('true');
    await expect.poll(() => attribute(page, 'state'), { timeout: 10_000 }).toBe('aborted');
    expect((await page.nodes()).map(({ state }) => state)).not.toContain('running');
    await expect.poll(() => attribute(page, 'connection'), { timeout: 10_000 }).toBe('live');
    await page.screenshot('event-restarted');
    await page.runAllCells();
    await page.panelStateIs('running');
    expect(await attribute(page, 'stale')).toBe('false');
    await page.close();
  });

  it('when the kernel dies', async () => {
    const page = await lab.open('dies.ipynb');
    await page.runAllCells();
    await page.node('Dies').waitFor({ state: 'attached' });
    await expect.poll(() => attribute(page, 'stale'), { timeout: 30_000 }).toBe('true');
    expect(await attribute(page, 'state')).toBe('aborted');
    expect(await itemsOut(page, 'Dies')).toBeGreaterThan(0);
    await page.screenshot('event-died');
    // Jupyter starts it again by itself.
    await expect.poll(() => attribute(page, 'connection'), { timeout: 30_000 }).toBe('live');
    expect(await attribute(page, 'stale')).toBe('true');
    await page.close();
  });

  it('when the notebook gets another kernel, and then ours again', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await inLab(page, (app) => app.context().changeKernel({ name: 'python3' }));
    await page.panel.getByText('This kernel does not record provenance').waitFor();
    expect(await processes(page)).toEqual([]);
    await inLab(page, (app) => app.context().changeKernel({ name: 'stemma' }));
    await page.panel.getByText('Nothing recorded yet').waitFor();
    await page.runAllCells();
    await page.panelStateIs('complete');
    expect(await processes(page)).toContain('Quick');
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('when the notebook is closed and opened again while its kernel runs', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => itemsOut(page, 'Slow'), { timeout: 20_000 }).toBeGreaterThan(50);
    await inLab(page, (app) => app.notebook().context.save());
    await inLab(page, (app) => app.notebook().dispose());
    await page.panel.getByText('No notebook is open').waitFor();
    await page.execute('docmanager:open', { path: 'slow.ipynb' });
    await page.panelStateIs('running');
    expect(await itemsOut(page, 'Slow')).toBeGreaterThan(50);
    await page.panelStateIs('complete');
    expect(await itemsOut(page, 'Slow')).toBe(800);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('when the notebook is renamed', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    const before = await page.nodes();
    await inLab(page, (app) => app.notebook().context.rename('renamed.ipynb'));
    await page.page.getByRole('tab', { name: 'renamed.ipynb' }).first().waitFor();
    expect(await page.nodes()).toEqual(before);
    expect(await attribute(page, 'stale')).toBe('false');
    await page.runAllCells();
    await page.panelStateIs('running');
    await page.panelStateIs('complete');
    expect(page.errors).toEqual([]);
    await page.close();
  });
});
