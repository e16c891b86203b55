/** What menus, the palette, settings and shortcuts offer in JupyterLab. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { slowCell, writeNotebook } from './support/notebook-file';

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
    lab = await openLab();
    writeNotebook(join(lab.folder, 'commands.ipynb'), CELLS);
    page = await lab.open('commands.ipynb');
    await page.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
  });
  afterAll(() => lab?.close());

  const clipboard = () => page.page.evaluate(() => navigator.clipboard.readText());

  it('lists all of its commands, each with a name and an icon', async () => {
    const commands = await page.page.evaluate(() => {
      const { commands } = (window as unknown as { jupyterapp: { commands: Commands } }).jupyterapp;
      interface Commands {
        listCommands(): string[];
        label(id: string): string;
        icon(id: string): unknown;
      }
      return commands
        .listCommands()
        .filter((id) => id.startsWith('jupyterlab-stemma:'))
        .map((id) => ({ id, label: commands.label(id), hasIcon: commands.icon(id) !== undefined }));
    });
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter(({ label, hasIcon }) => label === '' || !hasIcon)).toEqual([]);
  });

  it('goes through steps, tabs and the way of an item by keys', async () => {
    const press = (key: string) => page.page.keyboard.press(key);
    const title = () => page.panel.locator('.stemma-Details-label').innerText();
    await page.panel.locator('[role="treeitem"]').first().focus();
    await press('j');
    await expect.poll(title).toBe('Load class 0…4');
    await press('j');
    await press('k');
    await press('j');
    await page.panel
      .locator('[role="treeitem"][data-type="artifact"][aria-selected="true"]')
      .waitFor({ state: 'attached' });
    await page.panel.locator('.stemma-Samples .stemma-Table').waitFor();
    await press('i');
    await expect.poll(title).toContain('Tracing');
    await press('i');
    await expect.poll(title).toBe('Load class 0…4');
    await press('2');
    await page.panel.locator('[data-tab="timings"][aria-selected="true"]').waitFor();
    await press('1');
    await page.panel.locator('[data-tab="details"][aria-selected="true"]').waitFor();
    await press('/');
    await page.panel.getByRole('search').waitFor();
    await press('Escape');
    await page.panel.getByRole('search').waitFor({ state: 'hidden' });
  });

  it('copies the graph as Mermaid and as SVG', async () => {
    await page.execute('jupyterlab-stemma:copy-graph-as-mermaid');
    await expect.poll(clipboard).toContain('flowchart TD');
    expect(await clipboard()).toContain('["Load class 0…4 ×5"]');
    await page.execute('jupyterlab-stemma:copy-graph-as-svg');
    await expect.poll(clipboard).toContain('<svg xmlns');
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
    await expect.poll(types).toContain('image/png');
  });

  it('copies where a page has no clipboard of its own, as over plain http', async () => {
    await page.page.evaluate(async () => {
      await navigator.clipboard.writeText('');
      const own = navigator.clipboard;
      Object.defineProperty(window, 'ownClipboard', { value: own });
      delete (Object.getPrototypeOf(navigator) as { clipboard?: unknown }).clipboard;
    });
    await page.panel.getByRole('button', { name: 'More' }).click();
    await page.page.locator('.lm-Menu-item', { hasText: /^Copy Graph As$/ }).hover();
    await page.page.getByRole('menuitem', { name: 'Copy Graph as Mermaid' }).click();
    const text = () =>
      page.page.evaluate(() => (window as unknown as { ownClipboard: Clipboard }).ownClipboard.readText());
    await expect.poll(text).toContain('flowchart TD');
    const download = page.page.waitForEvent('download');
    await page.execute('jupyterlab-stemma:copy-graph-as-png');
    expect((await download).suggestedFilename()).toBe('provenance.png');
    await page.page.getByText('Graph downloaded').waitFor();
    await page.page.evaluate(() => {
      const { ownClipboard: value } = window as unknown as { ownClipboard: Clipboard };
      Object.defineProperty(navigator, 'clipboard', { value });
    });
  });

  it('opens a menu at the three dots, which changes settings and says what is on', async () => {
    const more = page.panel.getByRole('button', { name: 'More' });
    const item = page.page.locator('.lm-Menu.jp-ThemedContainer .lm-Menu-item', { hasText: 'Horizontal Layout' });
    const mark = item.locator('.lm-Menu-itemIcon svg[data-icon="ui-components:check"]');
    await more.click();
    await page.page.locator('.lm-Menu.jp-ThemedContainer .lm-Menu-item', { hasText: 'Group by Cell' }).waitFor();
    // There is no width for it, so that it is not offered; its key and the command are there.
    expect(await item.isVisible()).toBe(false);
    await page.page.keyboard.press('Escape');
    await page.execute('jupyterlab-stemma:toggle-orientation');
    await page.cameraRests();
    await page.screenshot('flow-right');
    await more.click();
    await mark.waitFor();
    await page.screenshot('menu');
    await page.page.keyboard.press('Escape');
    await page.execute('jupyterlab-stemma:toggle-orientation');
    await page.execute('jupyterlab-stemma:color-by', { by: 'time' });
    await page.panel.locator('.stemma-Legend').getByText('self time').waitFor();
    await page.notificationsGone();
    await page.screenshot('color-by-time');
    await page.execute('jupyterlab-stemma:color-by', { by: 'state' });
  });

  it('pauses, shows that it does, and catches up', async () => {
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
    // The side panel would show the same: it makes room, and comes back.
    await page.page.locator('#jp-right-stack').waitFor({ state: 'hidden' });
    await page.execute('application:close');
    await page.page.locator('#jp-right-stack').waitFor();
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

  describe('does what the settings say', () => {
    const labels = async () => (await page.nodes()).filter(({ type }) => type === 'process').map(({ label }) => label);

    it('on which side it stands', async () => {
      await page.setting('side', 'left');
      await page.page.locator('#jp-left-stack .stemma-PanelWidget').waitFor({ state: 'attached' });
      await page.setting('side', 'right');
      await page.page.locator('#jp-right-stack .stemma-PanelWidget').waitFor({ state: 'attached' });
      await page.execute('jupyterlab-stemma:show-panel');
    });

    it('from how many on alike steps are one, and whether each cell is', async () => {
      const grouped = await labels();
      expect(grouped).toContain('Load class 0…4');
      await page.setting('groupFrom', 0);
      await expect.poll(labels).toContain('Load class 3');
      await page.setting('groupFrom', 3);
      await expect.poll(labels).toEqual(grouped);
      await page.setting('groupCells', true);
      await expect.poll(async () => (await labels()).length).toBe(2);
      await page.setting('groupCells', false);
      await expect.poll(labels).toEqual(grouped);
    });

    it('how many samples are listed', async () => {
      const rows = page.panel.locator('.stemma-Samples tbody tr');
      await page.select('Multiply', 'artifact');
      await expect.poll(() => rows.count()).toBeGreaterThan(8);
      await page.setting('samples', 3);
      await expect.poll(() => rows.count()).toBe(3);
      await page.setting('samples', 12);
    });

    it('in which unit times are written', async () => {
      await page.panel.locator('[data-tab="timings"]').click();
      const units = async () => {
        const texts = await page.panel.locator('.stemma-Page:not([hidden]) .stemma-TimeChart-value').allTextContents();
        return [...new Set(texts.map((text) => text.split(' ').at(-1)))];
      };
      await expect.poll(units).toContain('µs');
      await page.setting('timeUnit', 'ms');
      await expect.poll(units).toEqual(['ms']);
      await page.setting('timeUnit', 'automatic');
      await expect.poll(units).toContain('µs');
    });

    it('what colours the graph, and which way it flows', async () => {
      await page.setting('colorBy', 'items');
      await page.panel.locator('.stemma-Legend').getByText('items').waitFor();
      await page.setting('colorBy', 'state');
      await page.panel.locator('.stemma-Legend').waitFor({ state: 'hidden' });
      const xOf = async (label: string) => (await page.placeOf(label)).x;
      await page.setting('orientation', 'right');
      await page.cameraRests();
      expect(await xOf('Train')).toBeGreaterThan(await xOf('Multiply'));
      await page.setting('orientation', 'down');
      await page.cameraRests();
      expect(await xOf('Train')).toBeCloseTo(await xOf('Multiply'));
    });

    it('how often it is drawn', async () => {
      await page.setting('updatesPerSecond', 1);
      await page.replaceCell(1, slowCell('Slow', 4));
      /** Pictures a second of a run, by the items in the head. */
      const pace = async () => {
        await page.page.evaluate(() => {
          const seen: { atMs: number; text: string }[] = [];
          Object.assign(window, { seen });
          new MutationObserver(() => {
            const text = document.querySelector('.stemma-PanelWidget .stemma-Header-figures')?.textContent ?? '';
            if (seen.at(-1)?.text !== text) seen.push({ atMs: performance.now(), text });
          }).observe(document.querySelector('.stemma-PanelWidget .stemma-Header') as Element, {
            subtree: true,
            childList: true,
            characterData: true,
          });
        });
        await page.runCell(1);
        await page.panelStateIs('complete');
        return page.page.evaluate(() => {
          const { seen } = window as unknown as { seen: { atMs: number }[] };
          const [first, last] = [seen[0]?.atMs ?? NaN, seen.at(-1)?.atMs ?? NaN];
          return ((seen.length - 1) / (last - first)) * 1000;
        });
      };
      const slow = await pace();
      expect(slow).toBeLessThan(1.3);
      await page.setting('updatesPerSecond', 10);
      expect(await pace()).toBeGreaterThan(slow * 1.5);
    });

    it('whether it opens by itself with the first notebook that records', async () => {
      const again = async () => {
        await page.save();
        await page.page.evaluate(() => localStorage.removeItem('jupyterlab-stemma:shown'));
        // With the layout of a first visit, in which both side areas are shut.
        await page.page.goto(`${page.page.url().split('?')[0]}?reset`);
        await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
        await page.kernelIs('idle');
        // Once there is such a notebook, its cells have a menu for it.
        await page.page.waitForFunction(() =>
          (
            window as unknown as { jupyterapp: { commands: { isVisible(id: string): boolean } } }
          ).jupyterapp.commands.isVisible('jupyterlab-stemma:show-nodes-of-cell'),
        );
      };
      await page.setting('openAutomatically', false);
      await again();
      expect(await page.panel.isVisible()).toBe(false);
      await page.setting('openAutomatically', true);
      await again();
      await page.panel.waitFor();
    });
  });

  it('exports a file that opens with the same views on a double click', async () => {
    await page.execute('jupyterlab-stemma:show-panel');
    const file = join(lab.folder, await page.exportDocument());
    await page.page.getByText('Provenance exported to').waitFor();
    expect(JSON.parse(readFileSync(file, 'utf8')).format).toBe('stemma-provenance');
    const drawn = join(lab.folder, await page.exportDocument('mermaid'));
    expect(readFileSync(drawn, 'utf8')).toMatch(/^flowchart TD\n/);
    copyFileSync(file, join(lab.folder, 'other.stemma.json'));
    for (const path of ['commands.provenance.json', 'other.stemma.json']) {
      await page.execute('docmanager:open', { path });
      const viewer = page.page.locator('.jp-MimeDocument:visible .stemma-Panel');
      await viewer.locator('[data-type="process"][data-label="count"]').waitFor({ state: 'attached' });
      await viewer.and(page.page.locator('[data-stemma-connection="saved"]')).waitFor();
    }
    await page.screenshot('viewer');
  });

  it('offers the same in a file: the menu, keys and commands are about where the focus is', async () => {
    const viewer = page.page.locator('.jp-MimeDocument:visible .stemma-Panel');
    const beside = (await page.nodes()).map(({ label }) => label);
    await viewer.getByRole('button', { name: 'More' }).click();
    await page.page.locator('.lm-Menu-item', { hasText: /^Copy Graph As$/ }).hover();
    await page.page.getByRole('menuitem', { name: 'Copy Graph as Mermaid' }).click();
    await expect.poll(clipboard).toContain('Slow');
    await viewer.locator('[role="treeitem"]').first().focus();
    await page.page.keyboard.press('j');
    await viewer.locator('[role="treeitem"][aria-selected="true"]').waitFor({ state: 'attached' });
    await page.execute('jupyterlab-stemma:toggle-group');
    await viewer
      .locator('.stemma-Graph canvas')
      .first()
      .click({ button: 'right', position: { x: 5, y: 5 } });
    await page.page.locator('.lm-Menu').getByText('Reset Layout').waitFor();
    await page.page.keyboard.press('Escape');
    expect((await page.nodes()).map(({ label }) => label)).toEqual(beside);
    expect(page.errors).toEqual([]);
  });
});
