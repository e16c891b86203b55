/** The demo, as a newcomer meets it: all cells run, the panel grows meanwhile, and what it shows can be saved. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../support/schemas';
import { arrivalsOf } from './support/arrivals';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { latencyOf } from './support/latency';

describe('the demo notebook', () => {
  let lab: Lab | undefined;
  let demo: LabPage;

  beforeAll(async () => {
    lab = await openLab({ digitsPerClass: 300 });
    demo = await lab.open('digits.ipynb');
  });

  afterAll(() => lab?.close());

  it('shows, before anything has run, what to do', async () => {
    await demo.panelStateIs('empty');
    await demo.panel.getByText('Nothing recorded yet').waitFor();
    await demo.screenshot('empty');
  });

  it('shows nodes, and counts that grow, while a cell still runs', async () => {
    await demo.runAllCells();
    await demo.node('Normalization factors').waitFor({ state: 'attached' });
    const counts: number[] = [];
    while (counts.length < 4 && (await demo.isRunning())) {
      const decoded = (await demo.nodes()).find(({ label, type }) => label === 'Decode' && type === 'process');
      if (decoded && decoded.itemsOut > (counts.at(-1) ?? 0)) {
        counts.push(decoded.itemsOut);
      }
      await demo.page.waitForTimeout(50);
    }
    expect(counts.length, `counts seen while running: ${counts}`).toBe(4);
  });

  it('shows what a step costs while it runs', async () => {
    await demo.node('Batch for training').waitFor({ state: 'attached' });
    await expect.poll(() => demo.itemsOut('Augment')).toBeGreaterThan(100);
    await demo.select('Augment');
    await demo.panel.locator('.stemma-Details').getByText('mean per item').waitFor();
    await demo.panel.locator('.stemma-Details .stemma-Image').first().waitFor({ state: 'attached' });
    // What the transform was made with stands among the options.
    await expect.poll(() => demo.panel.locator('.stemma-Details').innerText()).toMatch(/padding\s+\[2,2,2,2\]/);
    await demo.picture('panel-running');
  });

  it('runs every cell without an error', async () => {
    await demo.allCellsDone();
    expect(await demo.cellErrors()).toEqual([]);
    await demo.panelStateIs('complete');
  });

  it('shows timings and samples of "Add label" on a click', async () => {
    await demo.select('Add label');
    const details = demo.panel.locator('.stemma-Details');
    await details.getByText('mean per item').waitFor();
    await expect.poll(() => details.innerText()).toMatch(/\d(\.\d+)? ?[nµm]s/);
    await expect.poll(() => details.innerText()).toContain('digit-');
    await demo.screenshot('add-label');
    // One member of the group, or a step by itself, shows how its times lie.
    await demo.select('Shuffle together');
    await expect.poll(() => details.locator('.stemma-Quantiles-bars rect').count()).toBeGreaterThan(0);
  });

  it('shows images as images', async () => {
    await demo.select('Scale to float32', 'artifact');
    const image = demo.panel.locator('.stemma-Details img, .stemma-Details canvas').first();
    await image.waitFor();
    await demo.screenshot('samples');
  });

  it('follows one image through all steps', async () => {
    await demo.panel.locator('.stemma-Samples .stemma-Link').first().click();
    const follow = demo.panel.locator('.stemma-Details');
    await follow.getByText('Tracing').waitFor();
    for (const step of ['Decode', 'Scale to float32', 'Normalize', 'Augment']) {
      await follow.getByRole('button', { name: step }).first().waitFor();
    }
    // It came through: once the samples are there, no step says that it was dropped.
    await expect.poll(() => follow.getByText('dropped here').count()).toBe(0);
    await follow
      .locator('.stemma-Image')
      .first()
      .evaluate((image) => image.scrollIntoView({ block: 'center' }));
    await demo.picture('panel-trace');
  });

  it('draws what statistics() returned', async () => {
    await demo.select('Normalization factors', 'artifact');
    const drawn = demo.panel.locator('.stemma-Statistics');
    const field = (name: string) => drawn.locator('.stemma-Statistics-field', { hasText: name });
    // Pixels as a histogram with its ends, class labels as a bar for each.
    await field('image').locator('.stemma-Histogram').waitFor();
    expect(await field('image').locator('.stemma-Statistics-axis').innerText()).toMatch(/^0\s+1$/);
    expect(await field('label').locator('.stemma-Counts dt').allInnerTexts()).toEqual([...'0123456789']);
    await demo.screenshot('statistics');
  });

  it('exports a document that is valid and says what happened', async () => {
    // The last cell has saved a file of this name, too.
    rmSync(join(lab!.folder, 'digits.provenance.json'));
    const document = readDocument(join(lab!.folder, await demo.exportDocument()));
    const process = (label: string) => document.processes.filter((one) => one.label === label);
    expect(process('Add label')).toHaveLength(10);
    expect(process('Decode')[0]?.execution).toMatchObject({ itemsIn: 2 * 3009, itemsOut: 2 * 3003, skipped: 2 * 6 });
    expect(process('Drop nearly empty')[0]?.execution).toMatchObject({ itemsIn: 2 * 3003, itemsOut: 2 * 3000 });
    expect(process('Batch for training')[0]?.execution.itemsOut).toBe(93);
    expect(process('Normalize')[0]?.uses).toHaveLength(1);
    expect(document.cells.length).toBeGreaterThan(8);
  });

  it('gets patches while it runs, and says how soon', async () => {
    const { patches, medianMs, p95Ms } = latencyOf(await arrivalsOf(demo.page));
    console.log(`latency of ${patches} patches: median ${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms`);
    expect(patches).toBeGreaterThan(5);
  });

  it('says where the time went, also in the dark theme', async () => {
    await demo.useTheme('JupyterLab Dark');
    await demo.select('Decode');
    await demo.panel.locator('[data-tab="timings"]').click();
    const rows = demo.panel.locator('.stemma-Page:not([hidden]) .stemma-TimeChart-row');
    await expect.poll(() => rows.count()).toBeGreaterThan(8);
    await demo.picture('panel-timings');
    await demo.useTheme('JupyterLab Light');
  });

  it('left no error in the console of the browser', () => {
    expect(demo.errors).toEqual([]);
  });
});
