/** What stays behind: fifty notebooks are opened and closed, and a panel that nobody sees keeps still. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivalsOf } from './support/arrivals';
import { inLab } from './support/in-lab';
import { type Lab, startLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

const NOTEBOOKS = 50;

describe('in the long run', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
    writeNotebook(join(lab.folder, 'first.ipynb'), [slowCell('First', 3)]);
    for (let i = 0; i <= NOTEBOOKS; i++) writeNotebook(join(lab.folder, `many-${i}.ipynb`), [`${i}`]);
  });
  afterAll(() => lab?.close());

  it(`${NOTEBOOKS} notebooks that were opened and closed leave no model and no listener`, async () => {
    const page = await lab.open('first.ipynb');
    await page.runAllCells();
    await page.panelStateIs('complete');
    const kernel = await inLab(page, (app) => app.kernel().id);
    await inLab(page, (app) => app.notebook().dispose());
    await page.panel.getByText('No notebook is open').waitFor();

    // One after the other on the same kernel, each with a comm and a picture of its own.
    const openAndClose = async (i: number) => {
      await page.execute('docmanager:open', { path: `many-${i}.ipynb`, kernel: { id: kernel } });
      await page.panelStateIs('complete');
      await inLab(page, (app) => app.notebook().dispose());
      await page.panel.getByText('No notebook is open').waitFor();
    };
    await openAndClose(NOTEBOOKS);
    const counter = await countInstances(page);
    const before = await counter();
    for (let i = 0; i < NOTEBOOKS; i++) await openAndClose(i);
    const after = await counter();
    expect(after).toEqual(before);
    expect(page.errors).toEqual([]);
    await page.page.close();
  }, 600_000);

  it('a hidden panel gets nothing from the kernel and draws nothing', async () => {
    const page = await lab.open('first.ipynb');
    await page.execute('application:toggle-right-area');
    await page.page.locator('.stemma-PanelWidget').waitFor({ state: 'hidden' });
    const heard = async () => (await arrivalsOf(page.page)).filter(({ type }) => type === 'patch').length;
    const before = await heard();
    const markup = () => page.page.locator('.stemma-PanelWidget .stemma-Tree').innerHTML();
    const drawn = await markup();
    await page.runAllCells();
    await page.allCellsDone();
    expect(await heard()).toBe(before);
    expect(await markup()).toBe(drawn);
    await page.execute('application:toggle-right-area');
    // Shown again, it draws what happened meanwhile.
    await expect.poll(markup, { timeout: 10_000 }).not.toBe(drawn);
    expect(page.errors).toEqual([]);
    await page.close();
  });
});

/** How many models and listeners of ours live in the page, after the garbage was collected. */
async function countInstances(page: LabPage): Promise<() => Promise<Record<string, number>>> {
  const devtools = await page.page.context().newCDPSession(page.page);
  const evaluate = async (expression: string) =>
    (await devtools.send('Runtime.evaluate', { expression })).result as { objectId?: string; value?: number };
  const service = `window.jupyterapp.pluginRegistry._plugins.get('jupyterlab-stemma:service').service`;
  return async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const instances = async (prototype: string) => {
      const { objectId = '' } = await evaluate(prototype);
      const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: objectId });
      const { result } = await devtools.send('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: 'function () { return this.length; }',
      });
      return Number(result.value);
    };
    // Our emitters and those of nobody else have this prototype; each store, graph and choice of a notebook has one.
    return {
      followed: (await evaluate(`${service}.size`)).value ?? NaN,
      listeners: (await evaluate(`${service}.preferences.changed.size`)).value ?? NaN,
      emitters: await instances(`Object.getPrototypeOf(${service}.preferences.changed)`),
    };
  };
}
