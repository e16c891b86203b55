/**
 * The notebooks with which the panel was first reviewed, as a person goes through them: run, rerun, rerun of the cell
 * above, restart in mid-run, save while it runs and open again. What was wrong on the screen then is looked for each
 * time.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { reopenWithoutKernel } from './support/reopen';
import { LONG, SALES, writeReplayed } from './support/replayed-notebooks';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab();
  writeReplayed(lab.folder);
});
afterAll(() => lab?.close());

/** Texts of all heads, of the panel and of outputs. */
const heads = (page: LabPage) => page.page.locator('.stemma-Header:visible').allInnerTexts();

async function showsNoIds(page: LabPage): Promise<void> {
  for (const text of await heads(page)) expect(text).not.toMatch(/\b[pa]\d+\b/);
  const labels = (await page.nodes()).map(({ label }) => label);
  for (const label of labels) expect(label).not.toMatch(/^[pa]\d+$/);
}

describe('a table of 20,000 sales', () => {
  let page: LabPage;
  beforeAll(async () => {
    page = await lab.open('sales.ipynb');
    for (const cell of [SALES.declare, SALES.value, SALES.totals]) await page.runCell(cell);
    await page.panelStateIs('complete');
  });
  afterAll(() => page.close());
  afterEach(() => showsNoIds(page));

  const details = () => page.panel.locator('.stemma-Details');
  const output = (at: number) => page.page.locator('.jp-OutputArea .stemma-Panel').nth(at);

  it('has one number for each stream: in graph, details, output and file', async () => {
    await expect.poll(() => page.itemsOut('Country known')).toBe(19_948);
    await page.select('Country known');
    await expect.poll(() => details().locator('.stemma-Figure').nth(1).innerText()).toMatch(/^19,948\s+items out$/);
    await expect.poll(() => details().locator('.stemma-Figure').nth(2).innerText()).toMatch(/^40\s+dropped$/);
    await expect.poll(() => output(0).locator('.stemma-Header').innerText()).toContain('19,948');
    const { processes } = JSON.parse(readFileSync(join(lab.folder, await page.exportDocument()), 'utf8'));
    const known = processes.find(({ label }: { label: string }) => label === 'Country known');
    expect(known.execution).toMatchObject({ itemsIn: 19_988, itemsOut: 19_948 });
  });

  it('takes statistics of a stream from all of it, and says from how many items', async () => {
    await page.select('Sales CSV', 'artifact');
    const basis = details().locator('.stemma-Schema-basis');
    await expect.poll(() => basis.innerText()).toMatch(/^Statistics of a sample of \d+ of 20,000 items$/);
    const row = details().locator('li', { has: page.page.locator('.stemma-Schema-name', { hasText: /^order_id$/ }) });
    const mean = Number(/mean ([\d.]+)/.exec(await row.first().innerText())?.[1]);
    // The mean of all is 110,000; of the first fifty it is 100,025.
    expect(mean).toBeGreaterThan(105_000);
    expect(mean).toBeLessThan(115_000);
  });

  it('takes a column with empty cells as what it is, and no problem', async () => {
    await page.execute('jupyterlab-stemma:show-tab', { tab: 'problems' });
    const problems = page.panel.locator('.stemma-Page:not([hidden])');
    await expect.poll(() => problems.innerText()).toContain('12 skipped');
    expect(await problems.innerText()).not.toContain('does not fit the schema');
  });

  it('counts the latest run, and problems of two runs once', async () => {
    await page.runCell(SALES.totals);
    await expect.poll(() => page.panel.locator('.stemma-RunSelect option').count()).toBe(4);
    await page.panelStateIs('complete');
    await expect.poll(() => page.itemsOut('Country known')).toBe(19_948);
    const badge = page.panel.locator('[data-tab="problems"] .stemma-Badge');
    expect(await badge.innerText()).toBe('12');
    await page.panel.locator('.stemma-RunSelect').selectOption('all');
    await expect.poll(() => badge.innerText()).toBe('12');
    await page.panel.locator('.stemma-RunSelect').selectOption('latest');
  });

  it('gives one share to a step, in the sentence and in the bar', async () => {
    await page.execute('jupyterlab-stemma:show-tab', { tab: 'timings' });
    const timings = page.panel.locator('.stemma-Page:not([hidden])');
    const told = /takes (\d+) %|bottleneck: (\d+) %/.exec(await timings.locator('.stemma-Diagnosis').innerText());
    const shares = await timings
      .locator('.stemma-TimeChart')
      .first()
      .locator('.stemma-TimeChart-share')
      .allTextContents();
    const share = `${told?.[1] ?? told?.[2]} %`;
    expect(shares).toContain(share);
    expect(await timings.locator('.stemma-Waits').innerText()).toContain(`Sales CSV (${share} of the pipeline's time)`);
    expect(page.errors).toEqual([]);
  });

  it('says nothing of runs of others when the cell above runs again', async () => {
    await page.runCell(SALES.declare);
    await expect.poll(() => output(0).getAttribute('data-stemma-state')).toBe('new');
    for (const at of [0, 1]) {
      expect(await output(at).locator('.stemma-Header').innerText()).not.toContain('Running');
    }
  });
});

describe('a pipeline of thirty steps', () => {
  let page: LabPage;
  const wait = () => join(lab.folder, 'wait');
  beforeAll(async () => {
    page = await lab.open('long.ipynb');
    await page.replaceCell(LONG.declare, `${LONG.cells[LONG.declare]}\ntrain`);
    await page.runCell(LONG.declare);
  });
  afterAll(() => page.close());
  afterEach(() => showsNoIds(page));

  const output = () => page.page.locator('.jp-OutputArea .stemma-Panel').first();
  const sources = async () =>
    (await page.nodes()).find(({ label, type }) => label === 'Load class 0…9' && type === 'process')?.itemsOut;
  const elapsed = () => page.panel.locator('.stemma-Header-figures .stemma-Figure-value').nth(1).innerText();

  it('counts batches with the items in them', async () => {
    await page.runCell(LONG.run);
    await page.panelStateIs('complete');
    // What zip takes from one stream in two ways is read twice.
    await expect.poll(sources).toBe(4000);
    const figures = page.panel.locator('.stemma-Header-figures');
    await expect.poll(() => figures.innerText()).toMatch(/^\d+\s*batches\s+1,\d{3} items/);
  });

  it('starts at zero when it runs again, and ends where it was interrupted', async () => {
    writeFileSync(wait(), '');
    await page.replaceCell(
      2,
      `await Dataset.concat(...labelled).forEach(async () => { while (existsSync('wait')) await new Promise((done) => setTimeout(done, 20)); }, 'Again');`,
    );
    void page.runCell(2);
    await page.panelStateIs('running');
    // All members of the group are of this run: the first has begun, the others have nothing yet.
    await expect.poll(sources).toBeGreaterThan(0);
    expect(await sources()).toBeLessThan(2000);
    await inLab(page, (app) => app.kernel().interrupt());
    await page.panelStateIs('aborted');
    expect(await sources()).toBeLessThan(2000);
    await expect.poll(() => page.panel.locator('.stemma-Header').innerText()).toContain('Interrupted');
    await page.kernelIs('idle');
    await expect.poll(() => page.panel.locator('.stemma-Notice').isHidden()).toBe(true);
  });

  it('does not go on, on the screen, when its kernel restarts', async () => {
    await page.replaceCell(
      3,
      `await train.forEach(async () => { while (existsSync('wait')) await new Promise((done) => setTimeout(done, 20)); }, 'Forever');`,
    );
    void page.runCell(3);
    await page.panelStateIs('running');
    await expect.poll(() => output().getAttribute('data-stemma-state')).toBe('running');
    await page.restartKernel();
    await expect.poll(() => page.panel.getAttribute('data-stemma-stale')).toBe('true');
    await expect.poll(() => output().getAttribute('data-stemma-state')).toBe('aborted');
    const before = await elapsed();
    // Another draw than the one that made it stale.
    await page.execute('jupyterlab-stemma:fit');
    await page.panel.locator('[data-tab="timings"]').click();
    await page.cameraRests();
    expect(await elapsed()).toBe(before);
    for (const text of await heads(page)) expect(text).not.toMatch(/Running|left/);
  });

  it('is not running in a notebook that was saved meanwhile and is opened without a kernel', async () => {
    await page.runCell(LONG.declare);
    void page.runCell(3);
    await page.panelStateIs('running');
    const isSaved = async () => {
      await page.save();
      return /"state": ?"running"/.test(readFileSync(join(lab.folder, 'long.ipynb'), 'utf8'));
    };
    await expect.poll(isSaved, { timeout: 30_000, interval: 300 }).toBe(true);
    await inLab(page, (app) => app.notebook().dispose());
    await inLab(page, (app) => app.sessions().shutdownAll());
    await reopenWithoutKernel(page, 'long.ipynb');
    await expect.poll(() => output().getAttribute('data-stemma-state')).toBe('aborted');
    await expect.poll(() => output().locator('.stemma-Header').innerText()).toContain('Saved while running');
    rmSync(wait());
  });
});
