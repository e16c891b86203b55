/** The panel without a mouse, without colours, without motion, and read aloud. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset } from 'stemma';
const parts = Array.from({ length: 5 }, (_, label) => Dataset.range(10, \`Load class \${label}\`).map((n) => ({ n, label }), \`Add label \${label}\`));
const all = Dataset.concat(...parts);`,
  `await all.map(({ n, label }) => n * label, 'Multiply').batch(5, 'Batch').toArray('Train');`,
];

describe('the panel', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'keys.ipynb'), CELLS);
    page = await lab.open('keys.ipynb');
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
  });
  afterAll(() => lab?.close());

  const focused = () =>
    page.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['label'] ?? '');
  const press = (key: string) => page.page.keyboard.press(key);

  it('is a tree with levels, in the order of the flow, for those who cannot see the canvas', async () => {
    const tree = page.panel.getByRole('tree', { name: 'Provenance graph' });
    const items = await tree
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((item) => [Number(item.getAttribute('aria-level')), item.textContent ?? '']));
    expect(items.map(([level]) => level)).toEqual(items.map((_, i) => i + 1));
    expect(items[0]?.[1]).toBe('Load class 0…4 ×5, range, Complete');
    expect(items.at(-1)?.[1]).toContain('Train');
    expect(await page.panel.locator('.stemma-Graph-canvas').getAttribute('aria-hidden')).toBe('true');
    expect(await page.panel.getByRole('status').first().innerText()).toBe('Complete');
  });

  it('is gone through with the arrow keys, opened with Enter, grouped with left and right', async () => {
    await page.panel.locator('[role="treeitem"]').first().focus();
    expect(await focused()).toBe('Load class 0…4');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(await focused()).toBe('Add label 0…4');
    await press('Enter');
    await page.panel.locator('.stemma-Details').getByRole('heading', { name: 'Add label' }).waitFor();
    await press('ArrowRight');
    expect((await page.nodes()).filter(({ label }) => label.startsWith('Add label'))).not.toHaveLength(2);
    await press('ArrowLeft');
    await press('End');
    expect(await focused()).toBe('Train');
    await press('Enter');
    await press('Enter');
    await expect
      .poll(() => page.page.evaluate(() => document.querySelector('.jp-Notebook .jp-Cell.jp-mod-active')?.textContent))
      .toContain('Multiply');
    await press('Escape');
    await page.panel.locator('[aria-selected="true"][role="treeitem"]').waitFor({ state: 'detached' });
  });

  it('is searched with a slash, from hit to hit, and left with Escape', async () => {
    await page.panel.locator('[role="treeitem"]').first().focus();
    await press('/');
    await page.page.keyboard.type('mult');
    await press('Enter');
    await page.panel.locator('.stemma-Details').getByRole('heading', { name: 'Multiply' }).waitFor();
    await press('Escape');
    await page.panel.getByRole('search').waitFor({ state: 'hidden' });
  });

  it('has a name for each of its buttons and parts', async () => {
    const nameless = await page.panel.evaluate((panel) =>
      [...panel.querySelectorAll('button, input, [role]')]
        .filter((element) => !element.closest('[hidden]') && element.getAttribute('role') !== 'presentation')
        .filter(
          (element) =>
            (
              element.getAttribute('aria-label') ??
              element.getAttribute('title') ??
              element.textContent ??
              ''
            ).trim() === '',
        )
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(nameless).toEqual([]);
  });

  it('can be left and entered with the Tab key, in the order in which it is read', async () => {
    await page.panel.locator('[role="toolbar"] button:visible').first().focus();
    const stops: string[] = [];
    for (let i = 0; i < 14; i++) {
      stops.push(
        await page.page.evaluate(() => {
          const element = document.activeElement;
          return (
            element
              ?.closest('[role="toolbar"], [role="tree"], [role="separator"], [role="tablist"]')
              ?.getAttribute('role') ?? 'other'
          );
        }),
      );
      await press('Tab');
    }
    const order = stops.filter((stop, i) => stop !== stops[i - 1]);
    expect(order.slice(0, 4)).toEqual(['toolbar', 'tree', 'separator', 'tablist']);
  });

  it('goes from bar to bar with the arrow keys, and to the process with Enter', async () => {
    await page.panel.locator('[data-tab="timings"]').click();
    const rows = page.panel.locator('.stemma-Page:not([hidden]) .stemma-TimeChart').first().getByRole('button');
    await expect.poll(() => rows.count()).toBeGreaterThan(2);
    expect(await rows.evaluateAll((all) => all.filter((row) => (row as SVGElement).tabIndex === 0).length)).toBe(1);
    await rows.first().focus();
    await press('ArrowDown');
    const name = await page.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(name).toContain('per item');
    await press('Enter');
    await expect.poll(() => page.panel.locator('.stemma-Details-label').innerText()).toBe(name.split(':')[0]);
  });

  it('has the keyboard when it was called for, and after the search', async () => {
    await page.page.locator('.jp-NotebookPanel .jp-CodeCell .jp-InputPrompt').first().click();
    const inTree = () => page.page.evaluate(() => document.activeElement?.closest('[role="tree"]') !== null);
    expect(await inTree()).toBe(false);
    await press('Control+Alt+p');
    await expect.poll(inTree).toBe(true);
    await press('/');
    await page.page.keyboard.type('mult');
    await press('Enter');
    await press('Escape');
    await page.panel.getByRole('search').waitFor({ state: 'hidden' });
    await expect.poll(focused).toBe('Multiply');
  });

  it('opens the menu of the focused node with the keyboard', async () => {
    await page.panel.locator('[role="treeitem"]').first().focus();
    await press('End');
    await press('Shift+F10');
    await page.page.locator('.lm-Menu').getByText('Go to Cell of Selected Step').waitFor();
    await page.panel.locator('[aria-selected="true"][data-label="Train"]').waitFor({ state: 'attached' });
    await press('Escape');
    await page.page.locator('.lm-Menu').waitFor({ state: 'detached' });
  });

  it('moves its camera gently, and at once where motion is unwanted', async () => {
    /** How many places the camera has on its way back to the whole graph. */
    const steps = async () => {
      await page.cameraRests();
      const seen = await page.page.evaluateHandle(() => {
        const canvas = document.querySelector<HTMLElement>('.stemma-PanelWidget .stemma-Graph');
        const places = new Set<string>();
        const observer = new MutationObserver(() => places.add(canvas?.dataset['camera'] ?? ''));
        if (canvas) observer.observe(canvas, { attributeFilter: ['data-camera'] });
        return places;
      });
      await page.execute('jupyterlab-stemma:fit-graph');
      await page.cameraRests();
      return seen.evaluate((places) => places.size);
    };
    const away = async () => {
      const box = await page.panel.locator('.stemma-Graph').boundingBox();
      await page.page.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 30);
      await page.page.mouse.wheel(0, 150);
    };
    await away();
    expect(await steps()).toBeGreaterThan(2);
    await page.page.emulateMedia({ reducedMotion: 'reduce' });
    await away();
    expect(await steps()).toBe(1);
    await page.page.emulateMedia({ reducedMotion: null });
  });

  it('can be read in the high-contrast theme', async () => {
    await page.useTheme('JupyterLab Dark High Contrast');
    await page.select('Multiply');
    await page.screenshot('high-contrast');
    const ratio = await page.panel.evaluate((panel) => {
      const luminance = (color: string) => {
        const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number).map((value) => {
          const share = value / 255;
          return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const text = [
        ...panel.querySelectorAll<HTMLElement>('.stemma-Figure-value, .stemma-Figure-name, .stemma-Tab, h3'),
      ];
      const background = luminance(getComputedStyle(panel).backgroundColor);
      const ratios = text.map((element) => (luminance(getComputedStyle(element).color) + 0.05) / (background + 0.05));
      return Math.min(...ratios);
    });
    expect(ratio).toBeGreaterThan(7);
    await page.useTheme('JupyterLab Light');
  });
});
