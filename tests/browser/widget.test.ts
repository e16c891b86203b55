/** A dataset as the value of a cell: live in the notebook, and legible wherever the notebook is read. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inVenv } from '../../scripts/support/paths.mjs';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { reopenWithoutKernel } from './support/reopen';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset, show } from 'stemma';
const squares = Dataset.range(800, 'Numbers')
  .map(async (n) => { await new Promise((done) => setTimeout(done, 10)); return { n, square: n * n }; }, { identifier: 'Square', concurrency: 1 });
squares`,
  `await squares.batch(50, 'Downstream').forEach(() => {}, 'Train');`,
];

interface Output {
  output_type: string;
  data: Record<string, unknown>;
}

describe('a dataset as the value of a cell', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'widget.ipynb'), CELLS);
    page = await lab.open('widget.ipynb', { width: 1700, height: 1000 });
  });
  afterAll(() => lab?.close());

  const widget = () => page.page.locator('.jp-OutputArea .stemma-Panel');
  const itemsOut = async () =>
    Number(await widget().locator('[data-type="process"][data-label="Square"]').getAttribute('data-items-out'));
  const outputs = (): Output[] =>
    JSON.parse(readFileSync(join(lab.folder, 'widget.ipynb'), 'utf8')).cells[0].outputs as Output[];

  it('is a graph of what leads to it, which follows a run in a later cell', async () => {
    await page.runAllCells();
    await expect.poll(itemsOut).toBeGreaterThan(20);
    const [first, state] = [await itemsOut(), await widget().getAttribute('data-stemma-connection')];
    expect(state).toBe('live');
    await expect.poll(itemsOut).toBeGreaterThan(first);
    await page.picture('widget');
    const labels = await widget().locator('[data-type="process"]').evaluateAll(labelsOf);
    expect(labels).toEqual(['Numbers', 'Square']);
  });

  it('shows samples on a click, which it requests from the kernel', async () => {
    await widget().locator('[data-type="artifact"][data-label="Square"]').dispatchEvent('click');
    await widget().locator('.stemma-Page:not([hidden]) .stemma-mod-samples').waitFor();
    await page.allCellsDone();
    await expect.poll(itemsOut).toBe(800);
    await expect.poll(() => widget().getAttribute('data-stemma-state')).toBe('complete');
    await page.screenshot('widget-complete');
  });

  it('follows while the side panel is closed, too', async () => {
    await page.execute('application:toggle-right-area');
    await page.page.locator('.stemma-PanelWidget').waitFor({ state: 'hidden' });
    await page.execute('notebook:run-cell');
    await page.execute('notebook:run-all-cells');
    await expect.poll(itemsOut).toBeGreaterThan(20);
    await expect.poll(itemsOut).toBe(800);
    await page.allCellsDone();
    await page.execute('application:toggle-right-area');
  });

  it('is saved as it was last, as a document, a picture and a line of text', async () => {
    // The last update of the output follows the end of the run within a second.
    await expect
      .poll(
        async () => {
          await page.save();
          return String(outputs()[0]?.data['text/plain'] ?? '');
        },
        { interval: 1000 },
      )
      .toContain('800 items');
    const [output, ...more] = outputs();
    expect(more).toEqual([]);
    expect(Object.keys(output?.data ?? {}).sort()).toEqual([
      'application/vnd.stemma.provenance.v1+json',
      'text/html',
      'text/plain',
    ]);
    expect(String(output?.data['text/html'])).toContain('<img');
  });

  it('has the menus and the keys of the panel', async () => {
    await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => page.page.evaluate(() => navigator.clipboard.readText());
    await widget()
      .locator('.stemma-Graph canvas')
      .first()
      .click({ button: 'right', position: { x: 6, y: 6 } });
    await page.page.getByRole('menuitem', { name: 'Copy Graph as Mermaid' }).click();
    await expect.poll(clipboard).toContain('Square');
    // Of the output, not of the panel, which shows all.
    expect(await clipboard()).not.toContain('Downstream');
    const focused = () =>
      page.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['label'] ?? '');
    await widget().locator('[role="treeitem"]').first().focus();
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('ArrowUp');
    await page.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Square');
    await page.select('Train');
    await page.execute('jupyterlab-stemma:show-panel');
  });

  it('is there, without a kernel, when the notebook is opened again', async () => {
    await inLab(page, (app) => app.context().shutdown());
    await page.save();
    await inLab(page, (app) => app.notebook().dispose());
    await reopenWithoutKernel(page, 'widget.ipynb');
    await widget().waitFor();
    await page.panel.getByText('This notebook has no kernel').waitFor();
    const running = await page.page.evaluate(async () => {
      interface Sessions {
        refreshRunning(): Promise<void>;
        running(): Iterable<{ path: string }>;
      }
      const { serviceManager } = (window as unknown as { jupyterapp: { serviceManager: { sessions: Sessions } } })
        .jupyterapp;
      await serviceManager.sessions.refreshRunning();
      return [...serviceManager.sessions.running()].map(({ path }) => path);
    });
    expect(running).toEqual([]);
    await expect.poll(() => widget().getAttribute('data-stemma-connection')).toBe('saved');
    expect(await itemsOut()).toBe(800);
    await widget().locator('[data-type="artifact"][data-label="Square"]').dispatchEvent('click');
    await widget().locator('.stemma-Page:not([hidden]) .stemma-mod-samples').waitFor();
    await page.screenshot('widget-saved');
    // The manager of ipywidgets asks for the kernel of each notebook, also where there is none.
    expect(page.errors.filter((error) => !error.includes('@jupyter-widgets/jupyterlab-manager'))).toEqual([]);
  });

  it('is a picture in the HTML that nbconvert makes', async () => {
    execFileSync(inVenv('jupyter'), ['nbconvert', '--to', 'html', 'widget.ipynb'], { cwd: lab.folder, stdio: 'pipe' });
    const tab = await page.page.context().newPage();
    await tab.goto(`file://${join(lab.folder, 'widget.html')}`);
    const image = tab.locator('.jp-OutputArea-output img');
    await image.scrollIntoViewIfNeeded();
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(600);
    expect(await image.getAttribute('alt')).toContain('Square');
    await tab.screenshot({ path: join(lab.folder, '..', 'nbconvert.png') });
    await tab.close();
  });
});

function labelsOf(items: Element[]): string[] {
  return items.map((item) => (item as HTMLElement).dataset['label'] ?? '');
}
