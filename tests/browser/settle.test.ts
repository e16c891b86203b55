/** What outputs say, on the page and in the file, of runs whose kernel has gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLab } from './support/in-lab';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

const CELLS = [
  `import { Dataset } from 'stemma';
const slow = Dataset.range(100000).map(async (n) => { await new Promise((r) => setTimeout(r, 30)); return n; }, 'Slow');
slow`,
  'const p = slow.count();',
];
const MIME_TYPE = 'application/vnd.stemma.provenance.v1+json';

describe('the output of a run that was cut off', () => {
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'cut.ipynb'), CELLS);
    writeNotebook(join(lab.folder, 'killed.ipynb'), [...CELLS, `process.kill(process.pid, 'SIGKILL');`]);
    writeNotebook(join(lab.folder, 'shut.ipynb'), CELLS);
    writeNotebook(join(lab.folder, 'again.ipynb'), CELLS);
    writeNotebook(join(lab.folder, 'anew.ipynb'), CELLS);
  });
  afterAll(() => lab?.close());

  const output = () => page.page.locator('.jp-NotebookPanel:visible .jp-OutputArea .stemma-Root[data-stemma-state]');
  const shows = (state: string) => expect.poll(() => output().first().getAttribute('data-stemma-state')).toBe(state);
  const header = () => output().first().locator('.stemma-Header');

  const start = async (path: string) => {
    page = await lab.open(path);
    await page.runCell(0);
    await page.runCell(1);
    await shows('running');
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(0);
  };

  /** States in the document of the first cell's output in the file: of runs, and of processes. */
  const saved = async (path: string) => {
    await page.save();
    const { cells } = JSON.parse(readFileSync(join(lab.folder, path), 'utf8'));
    const { runs, processes } = cells[0].outputs[0].data[MIME_TYPE];
    const states = (all: { state: string }[]) => all.map(({ state }) => state);
    return {
      runs: states(runs),
      processes: states(processes.map((one: { execution: { state: string } }) => one.execution)),
      items: processes.at(-1).execution.itemsOut,
    };
  };

  const isInterrupted = async (path: string) => {
    await expect.poll(() => header().innerText()).toContain('Interrupted');
    expect(await header().innerText()).not.toContain('left');
    const { runs, processes, items } = await saved(path);
    expect(runs).toEqual(['aborted']);
    expect(processes).toEqual(['aborted', 'aborted']);
    expect(items).toBeGreaterThan(0);
  };

  it('is interrupted after a restart', async () => {
    await start('cut.ipynb');
    await page.restartKernel();
    await isInterrupted('cut.ipynb');
    await page.page.reload();
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await isInterrupted('cut.ipynb');
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('is interrupted after its kernel was killed', async () => {
    await start('killed.ipynb');
    void page.runCell(2);
    await isInterrupted('killed.ipynb');
    await page.close();
  });

  it('is interrupted after its kernel was shut down', async () => {
    await start('shut.ipynb');
    await inLab(page, (app) => app.context().shutdown());
    await isInterrupted('shut.ipynb');
    await page.close();
  });

  it('goes on after a reload while it runs, and is saved as running', async () => {
    await start('again.ipynb');
    await page.save();
    await page.page.reload();
    await page.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await shows('running');
    const before = await page.itemsOut('Slow');
    await expect.poll(() => page.itemsOut('Slow')).toBeGreaterThan(before);
    expect((await saved('again.ipynb')).runs).toEqual(['running']);
    expect(page.errors).toEqual([]);
    await page.close();
  });

  it('goes on where its notebook is closed and opened again, and runs again after a restart', async () => {
    await start('anew.ipynb');
    await page.save();
    await inLab(page, (app) => app.notebook().dispose());
    await page.execute('docmanager:open', { path: 'anew.ipynb' });
    await shows('running');
    await page.restartKernel();
    await isInterrupted('anew.ipynb');
    await page.runAllCells();
    await shows('running');
    await expect.poll(async () => (await saved('anew.ipynb')).runs).toEqual(['running']);
    await page.close();
  });
});
