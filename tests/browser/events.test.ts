/** What can happen between a page and its kernel: after each of these the panel shows what is true. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../support/schemas';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

describe('the panel tells the truth', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
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

  const processes = async (page: LabPage) =>
    (await page.nodes()).filter(({ type }) => type === 'process').map(({ label }) => label);
  const attribute = (page: LabPage, name: string) => page.panel.getAttribute(`data-stemma-${name}`);

  it('when the socket breaks in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(50);
    // It connects again so soon that nobody would see it: here only when told to.
    await inLab(page, (app) => {
      const kernel = app.kernel();
      const connect = kernel._createSocket;
      kernel._createSocket = () => {
        kernel._createSocket = connect;
      };
      kernel._ws.close();
    });
    await expect.poll(() => attribute(page, 'connection')).toBe('disconnected');
    await page.panel.getByText('No connection to the kernel').waitFor();
    await page.screenshot('event-disconnected');
    await inLab(page, (app) => app.kernel()._createSocket());
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    await expect.poll(() => page.itemsOut('Slow')).toBe(800);
    await page.panelStateIs('complete');
    await page.close();
  });

  it('when the kernel is restarted from another tab', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    expect(await page.itemsOut('Quick')).toBe(50);
    const other = await lab.openTab(page, 'quick.ipynb');
    await other.panelStateIs('complete');
    await other.restartKernel();
    await expect.poll(() => attribute(other, 'stale')).toBe('true');
    // The first tab hears of it with the new kernel's first message, and keeps its picture until something else is
    // recorded.
    await other.replaceCell(0, '1 + 1');
    await other.runCell(0);
    await expect.poll(() => attribute(page, 'stale')).toBe('true');
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await attribute(page, 'stale')).toBe('true');
    expect(await page.itemsOut('Quick')).toBe(50);
    await other.replaceCell(0, slowCell('Quick', 1));
    await other.runCell(0);
    for (const tab of [page, other]) {
      await expect.poll(() => tab.itemsOut('Quick')).toBe(100);
      expect(await attribute(tab, 'stale')).toBe('false');
    }
    await page.panelStateIs('complete');
    expect(await processes(page)).toEqual(await processes(other));
    expect([...page.errors, ...other.errors]).toEqual([]);
    await other.page.close();
    await page.close();
  });

  it('when the kernel is restarted in the middle of a run', async () => {
    const page = await lab.open('slow.ipynb');
    await page.runAllCells();
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(50);
    await page.restartKernel();
    // The picture of the run that was cut off stays, grey, and nothing in it runs.
    await expect.poll(() => attribute(page, 'stale')).toBe('true');
    await expect.poll(() => attribute(page, 'state')).toBe('aborted');
    expect((await page.nodes()).map(({ state }) => state)).not.toContain('running');
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
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
    await expect.poll(() => attribute(page, 'stale')).toBe('true');
    expect(await attribute(page, 'state')).toBe('aborted');
    expect(await page.itemsOut('Dies')).toBeGreaterThan(0);
    await page.screenshot('event-died');
    // Jupyter starts it again by itself.
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await attribute(page, 'stale')).toBe('true');
    await page.runCell(0);
    await page.panelStateIs('complete');
    expect(await attribute(page, 'stale')).toBe('false');
    expect(await processes(page)).not.toContain('Dies');
    await page.close();
  });

  it('when the kernel dies and cannot be started again', async () => {
    const alive = join(lab.folder, 'alive');
    writeFileSync(alive, '');
    lab.addMortalKernel('mortal', alive);
    writeNotebook(join(lab.folder, 'mortal.ipynb'), [slowCell('Quick', 0.5), 'process.exit(1);'], 'mortal');
    const page = await lab.open('mortal.ipynb');
    await page.runCell(0);
    await page.panelStateIs('complete');
    rmSync(alive);
    void page.runCell(1);
    // Jupyter tries it five times.
    await expect.poll(() => attribute(page, 'connection')).toBe('dead');
    await page.panel.getByText('The kernel has died: showing what it recorded last').waitFor();
    expect(await attribute(page, 'stale')).toBe('true');
    expect(await page.itemsOut('Quick')).toBe(50);
    await page.screenshot('event-dead');
    writeFileSync(alive, '');
    // As the menu does for a kernel that is gone. The server forgets a session whose kernel has died as soon as anybody
    // lists them: the page has to have heard of that before, or it asks for one that is not there.
    await inLab(page, async (app) => {
      await app.sessions().refreshRunning();
      await app.context().changeKernel({ name: 'mortal' });
    });
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await attribute(page, 'stale')).toBe('true');
    await page.runCell(0);
    await expect.poll(() => attribute(page, 'stale')).toBe('false');
    await page.panelStateIs('complete');
    await page.close();
  });

  it('when the kernel is shut down: what was recorded can still be seen and exported', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await page.select('Quick', 'artifact');
    await page.panel.locator('.stemma-Samples .stemma-Table').waitFor();
    await inLab(page, (app) => app.context().shutdown());
    await expect.poll(() => attribute(page, 'connection')).toBe('no-kernel');
    await page.panel.getByText('No kernel: showing what was recorded last').waitFor();
    expect(await attribute(page, 'stale')).toBe('true');
    expect(await processes(page)).toContain('Quick');
    const document = readDocument(join(lab.folder, await page.exportDocument()));
    expect(document.processes.find(({ label }) => label === 'Quick')?.execution.itemsOut).toBe(50);
    expect(document.artifacts.flatMap(({ execution }) => execution.samples).length).toBeGreaterThan(3);
    await inLab(page, (app) => app.context().startKernel());
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await attribute(page, 'stale')).toBe('true');
    await page.runAllCells();
    await expect.poll(() => attribute(page, 'stale')).toBe('false');
    await page.panelStateIs('complete');
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('when the server is slow: no second comm is left behind', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    // What the page sends is held back until it has lost its patience once.
    await inLab(page, (app) => {
      const socket = app.kernel()._ws;
      const held: unknown[] = [];
      const send = socket.send.bind(socket);
      socket.send = (data) => void held.push(data);
      const wait = setInterval(() => {
        const { maySend } = window as { maySend?: boolean };
        if (maySend && held.some((data) => new TextDecoder().decode(data as ArrayBuffer).includes('"comm_open"'))) {
          clearInterval(wait);
          socket.send = send;
          held.forEach(send);
        }
      }, 50);
    });
    await page.execute('application:toggle-right-area');
    await page.page.locator('.stemma-PanelWidget').waitFor({ state: 'hidden' });
    await page.execute('application:toggle-right-area');
    const comms = () =>
      inLab(page, async (app) => {
        const { content } = await app.kernel().requestCommInfo({ target_name: 'stemma' });
        return Object.keys(content.comms).length;
      });
    // It stays so until the messages go out.
    await expect.poll(() => attribute(page, 'connection')).toBe('connecting');
    await page.page.evaluate(() => void ((window as { maySend?: boolean }).maySend = true));
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await comms()).toBe(1);
    await page.close();
  });

  it('when the kernel closes the comm without a reason: the page opens another', async () => {
    const page = await lab.open('quick.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    await inLab(page, async (app) => {
      const { content } = await app.kernel().requestCommInfo({ target_name: 'stemma' });
      const header = { msg_type: 'comm_close', session: '' };
      for (const id of Object.keys(content.comms)) {
        app.kernel()._iopubMessage.emit({ header, channel: 'iopub', content: { comm_id: id, data: {} } });
      }
    });
    await expect.poll(() => attribute(page, 'connection')).toBe('disconnected');
    await expect.poll(() => attribute(page, 'connection')).toBe('live');
    expect(await attribute(page, 'stale')).toBe('false');
    expect(page.errors).toEqual([]);
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
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(50);
    await inLab(page, (app) => app.notebook().context.save());
    await inLab(page, (app) => app.notebook().dispose());
    await page.panel.getByText('No notebook is open').waitFor();
    await page.execute('docmanager:open', { path: 'slow.ipynb' });
    await page.panelStateIs('running');
    expect(await page.itemsOut('Slow')).toBeGreaterThan(50);
    await page.panelStateIs('complete');
    expect(await page.itemsOut('Slow')).toBe(800);
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
    const path = await page.exportDocument();
    expect(path).toBe('renamed.provenance.json');
    await page.page.getByText(`Provenance exported to ${path}`).waitFor();
    expect(readDocument(join(lab.folder, path)).processes.map(({ label }) => label)).toContain('Quick');
    expect(page.errors).toEqual([]);
    await page.close();
  });
});
