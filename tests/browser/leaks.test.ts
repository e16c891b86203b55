/** What stays behind: many notebooks are opened and closed, and a panel that nobody sees keeps still. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soak } from '../support/soak';
import { arrivalsOf } from './support/arrivals';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

const NOTEBOOKS = soak(50, 8);
const VIEWS = soak(12, 4);

describe('in the long run', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'first.ipynb'), [slowCell('First', 3)]);
    writeNotebook(join(lab.folder, 'shows.ipynb'), [
      slowCell('Shown', 0.5),
      // What has not run has no graph below its cell.
      `const squares = Dataset.range(20, 'Rows').map((n) => n * n, 'Square');\nawait squares.count();\nsquares`,
    ]);
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
    expect(await counter()).toEqual(before);
    // The kernel, too, knows of none but the one that is open.
    await page.execute('docmanager:open', { path: 'many-0.ipynb', kernel: { id: kernel } });
    await page.panelStateIs('complete');
    const comms = await inLab(page, async (app) => {
      const { content } = await app.kernel().requestCommInfo({ target_name: 'stemma' });
      return Object.keys(content.comms).length;
    });
    expect(comms).toBe(1);
    expect(page.errors).toEqual([]);
    await page.page.close();
  }, 1_200_000);

  it(`${VIEWS} outputs, files and tabs that were opened and closed leave no view, graph or observer`, async () => {
    const page = await lab.open('shows.ipynb');
    await page.runAllCells();
    await page.allCellsDone();
    const output = page.page.locator('.jp-OutputArea .stemma-Panel .stemma-Graph canvas').first();
    await output.waitFor();
    await page.save();
    await page.exportDocument();
    const kernel = await inLab(page, (app) => app.kernel().id);
    await inLab(page, (app) => app.notebook().dispose());
    const close = async () => {
      await page.execute('application:close');
      await page.page.locator('.jp-MimeDocument, #jupyterlab-stemma-panel-main').waitFor({ state: 'detached' });
    };
    const openAndClose = async (meanwhile: () => Promise<unknown> = () => Promise.resolve()) => {
      await page.execute('docmanager:open', { path: 'shows.provenance.json' });
      await page.page.locator('.jp-MimeDocument .stemma-Graph canvas').first().waitFor();
      await close();
      await page.execute('docmanager:open', { path: 'shows.ipynb', kernel: { id: kernel } });
      await output.waitFor();
      await page.execute('jupyterlab-stemma:open-tab');
      await page.page.locator('#jupyterlab-stemma-panel-main .stemma-Graph canvas').first().waitFor();
      await meanwhile();
      await close();
      await inLab(page, (app) => app.notebook().dispose());
      await page.panel.getByText('No notebook is open').waitFor();
    };
    await openAndClose();
    await openAndClose();
    const counter = await countInstances(page);
    const before = await counter();
    let most = 0;
    for (let i = 0; i < VIEWS; i++)
      await openAndClose(async () => (most = Math.max(most, (await counter()).observers ?? 0)));
    expect(await counter()).toEqual(before);
    // What is counted is there while they are open.
    expect(most).toBeGreaterThan(3);
    expect(page.errors).toEqual([]);
    await page.page.close();
  }, 1_200_000);

  it('a panel that is hidden from the beginning gets nothing from the kernel and draws nothing', async () => {
    const page = await lab.open('first.ipynb');
    await page.execute('application:toggle-right-area');
    await page.page.locator('.stemma-PanelWidget').waitFor({ state: 'hidden' });
    // The notebook comes again, and finds the panel hidden.
    await inLab(page, (app) => app.notebook().dispose());
    await page.execute('docmanager:open', { path: 'first.ipynb' });
    await page.kernelIs('idle');
    const before = (await arrivalsOf(page.page)).length;
    const drawn = await countDrawing(page);
    await page.runAllCells();
    await page.allCellsDone();
    expect((await arrivalsOf(page.page)).slice(before)).toEqual([]);
    expect(await drawn()).toEqual({ frames: 0, changes: 0 });
    // Shown, it draws what happened meanwhile.
    await page.execute('application:toggle-right-area');
    await page.panelStateIs('complete');
    expect(await page.itemsOut('First')).toBe(300);
    expect((await arrivalsOf(page.page)).length).toBeGreaterThan(before);
    expect((await drawn()).changes).toBeGreaterThan(0);
    await expect.poll(async () => (await drawn()).frames).toBeGreaterThan(0);
    // Hidden once more, it is as quiet as before.
    await page.execute('application:toggle-right-area');
    await page.page.locator('.stemma-PanelWidget').waitFor({ state: 'hidden' });
    // What was being drawn comes to its end.
    let seen: unknown = null;
    const isDone = async () => JSON.stringify(seen) === JSON.stringify((seen = await drawn()));
    await expect.poll(isDone, { interval: 2000 }).toBe(true);
    const heard = (await arrivalsOf(page.page)).length;
    await page.runAllCells();
    await page.allCellsDone();
    expect((await arrivalsOf(page.page)).slice(heard)).toEqual([]);
    expect(await drawn()).toEqual(seen);
    expect(page.errors).toEqual([]);
    await page.close();
  });
});

/** Counts, from now on, what is drawn on the panel's canvases and changed in its elements. */
async function countDrawing(page: LabPage): Promise<() => Promise<{ frames: number; changes: number }>> {
  await page.page.evaluate(() => {
    const counts = { frames: 0, changes: 0 };
    (window as unknown as { drawing: typeof counts }).drawing = counts;
    const panel = document.querySelector('.stemma-PanelWidget') as HTMLElement;
    // JupyterLab hides and shows the panel itself.
    const isOurs = ({ target }: MutationRecord) => target !== panel;
    new MutationObserver((all) => (counts.changes += all.filter(isOurs).length)).observe(panel, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const { setTransform } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.setTransform = function (this: CanvasRenderingContext2D, ...args: []) {
      if (panel.contains(this.canvas)) counts.frames++;
      return setTransform.apply(this, args);
    };
  });
  return () =>
    page.page.evaluate(() => ({ ...(window as unknown as { drawing: { frames: number; changes: number } }).drawing }));
}

/** How many models, listeners, graphs and observers live in the page, after the garbage was collected. */
async function countInstances(page: LabPage): Promise<() => Promise<Record<string, number>>> {
  const devtools = await page.page.context().newCDPSession(page.page);
  const evaluate = async (expression: string) =>
    (await devtools.send('Runtime.evaluate', { expression })).result as { objectId?: string; value?: number };
  // JupyterLab leaves observers of its own behind: counted are those that our bundle, with cytoscape in it, has at
  // work.
  await page.page.evaluate(() => {
    const ours = new Set<object>();
    Object.assign(window, { ourObservers: ours });
    type Watcher = { observe(...args: unknown[]): void; disconnect(): void };
    for (const kind of [ResizeObserver, MutationObserver]) {
      const prototype = kind.prototype as unknown as Watcher;
      const { observe, disconnect } = prototype;
      prototype.observe = function (this: Watcher, ...args) {
        if (new Error().stack?.includes('jupyterlab-stemma')) ours.add(this);
        observe.apply(this, args);
      };
      prototype.disconnect = function (this: Watcher) {
        ours.delete(this);
        disconnect.apply(this);
      };
    }
  });
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
      await devtools.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
      return Number(result.value);
    };
    /** Contexts of the canvases that are ours: cytoscape draws on three of each graph. */
    const canvases = async () => {
      const { objectId = '' } = await evaluate('HTMLCanvasElement.prototype');
      const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: objectId });
      const { result } = await devtools.send('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: `function () { return this.filter((one) => one.dataset.id?.startsWith('layer')).length; }`,
      });
      await devtools.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
      return Number(result.value);
    };
    // Our emitters and those of nobody else have this prototype; each store, graph and choice of a notebook has one.
    return {
      followed: (await evaluate(`${service}.host.size`)).value ?? NaN,
      listeners: (await evaluate(`${service}.host.preferences.changed.size`)).value ?? NaN,
      emitters: await instances(`Object.getPrototypeOf(${service}.host.preferences.changed)`),
      canvases: await canvases(),
      observers: (await evaluate('window.ourObservers.size')).value ?? NaN,
    };
  };
}
