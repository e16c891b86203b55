/** The graph under a real mouse, on its canvas. */
import { KINDS } from 'stemma-document';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset } from 'stemma';
const parts = Array.from({ length: 5 }, (_, label) => Dataset.range(10, \`Load class \${label}\`).map((n) => ({ n, label }), \`Add label \${label}\`));
const all = Dataset.concat(...parts);`,
  `await all.map(({ n, label }) => n * label, 'Multiply').batch(5, 'Batch').toArray('Train');
await Dataset.range(3, 'Elsewhere').count('Count');`,
];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = [
  `import { Dataset } from 'stemma';
let long = Dataset.range(10, 'Begin');
for (const first of 'abc') for (const letter of '${LETTERS}') long = long.filter(() => true, first + letter.repeat(3)).map((n) => n, letter + first);
await long.count('End');`,
  `await Dataset.concat(...[0, 1, 2].map((i) => Dataset.range(2, \`Part \${i}\`))).count('Sum');`,
];

describe('the graph', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'mouse.ipynb'), CELLS);
    writeNotebook(join(lab.folder, 'large.ipynb'), LARGE);
    page = await lab.open('mouse.ipynb', { width: 1500, height: 1200 });
    await page.runAllCells();
    await page.allCellsDone();
    await page.panelStateIs('complete');
    await page.cameraRests();
  });
  afterAll(() => lab?.close());

  const title = () => page.panel.locator('.stemma-Details-label');
  const click = async (label: string, options: Parameters<LabPage['page']['mouse']['click']>[2] = {}) => {
    const { x, y } = await page.placeOf(label);
    await page.page.mouse.click(x, y, options);
  };
  const activeCell = () =>
    inLab(
      page,
      (app) => (app.notebook() as unknown as { content: { activeCellIndex: number } }).content.activeCellIndex,
    );
  const activate = (index: number) =>
    page.page.locator('.jp-NotebookPanel:visible .jp-CodeCell').nth(index).locator('.jp-InputPrompt').click();
  /** The pixels around a node. */
  const pixels = async (label: string) => {
    const { x, y } = await page.placeOf(label);
    return (await page.page.screenshot({ clip: { x: x - 90, y: y - 20, width: 180, height: 40 } })).toString('base64');
  };

  it('selects what is clicked, and nothing on a click beside it', async () => {
    const before = await page.camera();
    await click('Multiply');
    await page.panel.locator('[aria-selected="true"][data-label="Multiply"]').waitFor({ state: 'attached' });
    expect(await title().innerText()).toBe('Multiply');
    const kind = page.panel.locator('.stemma-Details-title .stemma-Chip:not(.stemma-mod-count)');
    expect([await kind.innerText(), await kind.getAttribute('title')]).toEqual(['map', KINDS.map.summary]);
    expect(await page.camera()).toEqual(before);
    const box = await page.panel.locator('.stemma-Graph').boundingBox();
    await page.page.mouse.click((box?.x ?? 0) + 6, (box?.y ?? 0) + 6);
    await page.panel.locator('[role="treeitem"][aria-selected="true"]').waitFor({ state: 'detached' });
  });

  it('goes to the cell of what is clicked twice', async () => {
    await activate(0);
    expect(await activeCell()).toBe(0);
    await click('Batch', { clickCount: 2 });
    await expect.poll(activeCell).toBe(1);
  });

  it('opens a menu that is about the node under the mouse', async () => {
    await activate(0);
    await click('Multiply', { button: 'right' });
    const menu = page.page.locator('.lm-Menu');
    await page.panel.locator('[aria-selected="true"][data-label="Multiply"]').waitFor({ state: 'attached' });
    await menu.getByText('Trace a Sample').waitFor();
    await menu.getByText('Copy Name').waitFor();
    // There is nothing to open, and nothing went wrong.
    for (const text of ['Collapse or Expand Group', 'Show Problems']) {
      expect(await menu.getByText(text).isVisible(), text).toBe(false);
    }
    await page.screenshot('node-menu');
    await menu.getByText('Go to Cell of Selected Step').click();
    await expect.poll(activeCell).toBe(1);
    await click('Add label 0…4', { button: 'right' });
    await menu.getByText('Collapse or Expand Group').waitFor();
    await page.page.keyboard.press('Escape');
  });

  it('lights what the active cell made', async () => {
    await activate(0);
    await expect.poll(() => page.labelsWith('data-lit')).toEqual(['Load class 0…4', 'Add label 0…4', 'all']);
    await page.page.mouse.move(5, 5);
    const unlit = await pixels('Train');
    await activate(1);
    await expect
      .poll(() => page.labelsWith('data-lit'))
      .toEqual(expect.arrayContaining(['Multiply', 'Batch', 'Train']));
    expect(await page.labelsWith('data-lit')).not.toContain('all');
    await page.page.mouse.move(5, 5);
    await expect.poll(() => pixels('Train')).not.toBe(unlit);
  });

  it('dims what the selection neither comes from nor leads to', async () => {
    await click('Multiply');
    const bright = await pixels('Elsewhere');
    await page.panel.getByRole('button', { name: 'Show only the lineage of the selection' }).click();
    await expect.poll(() => page.labelsWith('data-dimmed')).toEqual(['Elsewhere', 'Count']);
    await expect.poll(() => pixels('Elsewhere')).not.toBe(bright);
    await page.screenshot('lineage');
    await page.execute('jupyterlab-stemma:toggle-lineage');
    await expect.poll(() => page.labelsWith('data-dimmed')).toEqual([]);
  });

  it('scrolls with the wheel, and zooms with Ctrl', async () => {
    const { x, y } = await page.placeOf('Multiply');
    await page.page.mouse.move(x, y);
    const before = await page.camera();
    await page.page.mouse.wheel(0, 40);
    await expect.poll(async () => (await page.camera()).y).toBeCloseTo(before.y - 40);
    expect((await page.camera()).zoom).toBe(before.zoom);
    await page.page.keyboard.down('Control');
    await page.page.mouse.wheel(0, -100);
    await page.page.keyboard.up('Control');
    await expect.poll(async () => (await page.camera()).zoom).toBeGreaterThan(before.zoom);
    await page.execute('jupyterlab-stemma:fit-graph');
    await page.cameraRests();
  });

  it('looks where a person looked, when the panel comes back to a notebook', async () => {
    writeNotebook(join(lab.folder, 'other.ipynb'), ['1']);
    const { x, y } = await page.placeOf('Multiply');
    await page.page.mouse.move(x, y);
    await page.page.mouse.wheel(0, 60);
    await page.cameraRests();
    const looked = await page.camera();
    await page.execute('docmanager:open', { path: 'other.ipynb' });
    await page.panelStateIs('empty');
    await page.execute('docmanager:open', { path: 'mouse.ipynb' });
    await page.panelStateIs('complete');
    await expect.poll(() => page.camera()).toEqual(looked);
    await page.execute('jupyterlab-stemma:fit-graph');
    await page.cameraRests();
  });

  it('expands what is clicked twice', async () => {
    await click('Add label 0…4', { clickCount: 2 });
    await page.node('Add label 3').waitFor({ state: 'attached' });
    await page.node('Load class 3').waitFor({ state: 'attached' });
    await page.execute('jupyterlab-stemma:toggle-group');
    await page.node('Add label 0…4').waitFor({ state: 'attached' });
    await page.cameraRests();
  });

  it('rings what is searched for, below the box, without the halo of the cell meanwhile', async () => {
    await activate(1);
    await expect.poll(() => page.labelsWith('data-lit')).toContain('Train');
    await page.panel.locator('[role="treeitem"]').first().focus();
    await page.page.keyboard.press('/');
    await page.page.keyboard.type('concat');
    await expect.poll(() => page.labelsWith('data-lit')).toEqual([]);
    await page.cameraRests();
    const { y } = await page.placeOf('all');
    const box = await page.panel.locator('.stemma-Search').boundingBox();
    expect(y - 14).toBeGreaterThan((box?.y ?? 0) + (box?.height ?? 0));
    await page.screenshot('search');
    await page.page.keyboard.press('Escape');
  });

  it('explains shapes, states and keys, and gives the focus back', async () => {
    await page.panel.locator('[role="treeitem"]').first().focus();
    await page.page.keyboard.press('?');
    const legend = page.panel.getByRole('dialog', { name: 'Legend and keys' });
    await legend.getByText('a stream of items').waitFor();
    await legend.getByText('Select Next Step').waitFor();
    await page.screenshot('legend');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Escape');
    await legend.waitFor({ state: 'detached' });
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treeitem');
    await page.panel.getByRole('button', { name: 'Legend and keys' }).click();
    await legend.getByRole('button', { name: 'Close legend' }).click();
    await legend.waitFor({ state: 'detached' });
  });

  it('shows what was superseded when it is asked to', async () => {
    await page.runCell(1);
    await page.allCellsDone();
    const count = async () =>
      (await page.nodes()).filter(({ label, type }) => label === 'Train' && type === 'process').length;
    await expect.poll(count).toBe(1);
    await page.panel.getByRole('button', { name: 'Show outdated steps' }).click();
    await expect.poll(count).toBe(2);
    await page.screenshot('superseded');
    await page.execute('jupyterlab-stemma:toggle-history');
    await expect.poll(count).toBe(1);
  });

  it.each([
    ['time', 'self time'],
    ['items', 'items'],
  ])('is coloured by %s, and says what the shades mean', async (by, name) => {
    await page.cameraRests();
    const plain = await pixels('Multiply');
    await page.execute('jupyterlab-stemma:color-by', { by });
    await page.panel.locator('.stemma-Legend').getByText(name, { exact: true }).waitFor();
    await expect.poll(() => pixels('Multiply')).not.toBe(plain);
    await page.execute('jupyterlab-stemma:color-by', { by: 'state' });
    await page.panel.locator('.stemma-Legend').waitFor({ state: 'hidden' });
  });

  it('has a map in the corner when it is large, where a click goes', async () => {
    await page.execute('docmanager:open', { path: 'large.ipynb' });
    await page.panelStateIs('empty');
    await page.kernelIs('idle');
    await page.runAllCells();
    await page.panelStateIs('complete');
    const map = page.panel.locator('.stemma-Minimap');
    await map.waitFor();
    await page.cameraRests();
    const box = await map.boundingBox();
    const before = await page.camera();
    await page.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 4);
    await expect.poll(async () => (await page.camera()).y).not.toBeCloseTo(before.y);
    const top = (await page.camera()).y;
    await page.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) - 4);
    await expect.poll(async () => (await page.camera()).y).toBeLessThan(top - 500);
    // It goes to the graph, however little of the map that is.
    const end = await page.placeOf('End');
    const stage = await page.panel.locator('.stemma-Graph').boundingBox();
    expect(end.x).toBeGreaterThan(stage?.x ?? NaN);
    expect(end.x).toBeLessThan((stage?.x ?? NaN) + (stage?.width ?? NaN));
    await page.screenshot('minimap');
  });

  it('has the focus on the first member of a group that the keyboard opens, however far down it is', async () => {
    const focused = () => page.page.evaluate(() => document.activeElement?.getAttribute('data-label'));
    await page.node('Part 0…2').focus();
    await page.page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('Part 0');
    // The tree is filled in slices, and this is not in the first.
    expect((await page.nodes()).findIndex(({ label }) => label === 'Part 0')).toBeGreaterThan(300);
    await page.page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('Part 0…2');
    expect(page.errors).toEqual([]);
  });
});
