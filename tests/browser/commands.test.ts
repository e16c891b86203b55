/** What menus, the palette, settings and shortcuts offer in JupyterLab. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset } from 'stemma';
const parts = Array.from({ length: 5 }, (_, label) => Dataset.range(10, \`Load class \${label}\`).map((n) => ({ n, label }), \`Add label \${label}\`));
const all = Dataset.concat(...parts);`,
  `await all.map(({ n, label }) => n * label, 'Multiply').batch(5, 'Batch').toArray('Train');`,
];

describe('the panel in JupyterLab', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await startLab();
    writeNotebook(join(lab.folder, 'commands.ipynb'), CELLS);
    page = await lab.open('commands.ipynb');
    await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
  });
  afterAll(() => lab?.close());

  const clipboard = () => page.page.evaluate(() => navigator.clipboard.readText());

  it('lists all of its commands in the palette, each with a name', async () => {
    const labels = await page.page.evaluate(() => {
      const { commands } = (window as unknown as { jupyterapp: { commands: Commands } }).jupyterapp;
      interface Commands {
        listCommands(): string[];
        label(id: string): string;
      }
      return commands
        .listCommands()
        .filter((id) => id.startsWith('jupyterlab-stemma:'))
        .map((id) => commands.label(id));
    });
    expect(labels.length).toBeGreaterThan(14);
    expect(labels.filter((label) => label === '')).toEqual([]);
  });

  it('copies the graph as Mermaid and as SVG', async () => {
    await page.execute('jupyterlab-stemma:copy-graph-as-mermaid');
    await expect.poll(clipboard, { timeout: 10_000 }).toContain('flowchart TD');
    expect(await clipboard()).toContain('["Load class 0…4 ×5"]');
    await page.execute('jupyterlab-stemma:copy-graph-as-svg');
    await expect.poll(clipboard, { timeout: 10_000 }).toContain('<svg xmlns');
    const size = await page.page.evaluate(
      async (svg) => {
        const image = new Image();
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      },
      await clipboard(),
    );
    expect(Math.min(...size)).toBeGreaterThan(150);
  });

  it('copies the graph as a PNG', async () => {
    await page.execute('jupyterlab-stemma:copy-graph-as-png');
    const types = () =>
      page.page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
    await expect.poll(types, { timeout: 10_000 }).toContain('image/png');
  });

  it('opens a menu at the three dots, which changes settings', async () => {
    await page.panel.getByRole('button', { name: 'More' }).click();
    await page.page.getByRole('menuitem', { name: 'Let the Graph Flow to the Right' }).click();
    await page.page.waitForTimeout(500);
    await page.screenshot('flow-right');
    await page.execute('jupyterlab-stemma:toggle-orientation');
    await page.execute('jupyterlab-stemma:color-by', { by: 'time' });
    await page.page.waitForTimeout(500);
    await page.panel.locator('.stemma-Legend').getByText('own time').waitFor();
    await page.notificationsGone();
    await page.screenshot('color-by-time');
    await page.execute('jupyterlab-stemma:color-by', { by: 'state' });
  });

  it('pauses, says so, and catches up', async () => {
    await page.execute('jupyterlab-stemma:toggle-live');
    await page.panel.getByText('Paused').waitFor();
    await page.execute('notebook:run-all-cells');
    await page.allCellsDone();
    await page.execute('jupyterlab-stemma:toggle-live');
    await page.panel.getByText('Paused').waitFor({ state: 'hidden' });
    await page.panelStateIs('complete');
  });

  it('opens as a tab of the main area, too, with the same picture', async () => {
    const before = (await page.nodes()).map(({ label }) => label);
    await page.execute('jupyterlab-stemma:open-tab');
    const tab = page.page.locator('#jupyterlab-stemma-panel-main .stemma-Panel');
    await tab.waitFor();
    await expect
      .poll(() =>
        tab.locator('[role="treeitem"]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['label'])),
      )
      .toEqual(before);
    await page.screenshot('main-area');
    await page.execute('application:close');
  });

  it('shows the steps of a cell from the menu of that cell', async () => {
    await page.page
      .locator('.jp-NotebookPanel .jp-CodeCell')
      .nth(1)
      .click({ position: { x: 200, y: 12 } });
    await page.page
      .locator('.jp-NotebookPanel .jp-CodeCell')
      .nth(1)
      .click({ button: 'right', position: { x: 200, y: 12 } });
    await page.page.getByRole('menuitem', { name: 'Show Provenance of This Cell' }).click();
    await page.panel.locator('.stemma-Details').getByRole('heading', { name: 'Train' }).waitFor();
  });

  it('moves to the left side when the settings say so', async () => {
    const setSide = (side: string) =>
      page.page.evaluate(async (value) => {
        const { _plugins: plugins } = (window as unknown as { jupyterapp: { pluginRegistry: Registry } }).jupyterapp
          .pluginRegistry;
        interface Registry {
          _plugins: Map<string, { service: { set(plugin: string, key: string, value: string): Promise<void> } }>;
        }
        await plugins
          .get('@jupyterlab/apputils-extension:settings')
          ?.service.set('jupyterlab-stemma:plugin', 'side', value);
      }, side);
    await setSide('left');
    await page.page.locator('#jp-left-stack .stemma-PanelWidget').waitFor({ state: 'attached' });
    await setSide('right');
    await page.page.locator('#jp-right-stack .stemma-PanelWidget').waitFor({ state: 'attached' });
  });

  it('exports a file that opens with the same views on a double click', async () => {
    await page.execute('jupyterlab-stemma:show-panel');
    await page.execute('jupyterlab-stemma:export-document');
    const file = join(lab.folder, 'commands.provenance.json');
    await page.page.getByText('Provenance exported to').waitFor();
    expect(JSON.parse(readFileSync(file, 'utf8')).format).toBe('stemma-provenance');
    await page.execute('docmanager:open', { path: 'commands.provenance.json' });
    const viewer = page.page.locator('.jp-MimeDocument .stemma-Panel');
    await viewer.locator('[data-type="process"][data-label="Train"]').waitFor({ state: 'attached' });
    expect(await viewer.getAttribute('data-stemma-connection')).toBe('saved');
    await page.screenshot('viewer');
    expect(page.errors).toEqual([]);
  });
});
