/** The command in the panel that starts a monitor in the kernel, and the page that it leads to. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/support/paths.mjs';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

describe('the command that starts a monitor', () => {
  let lab: Lab | undefined;
  let notebook: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    symlinkSync(inRoot('node_modules'), join(lab.folder, 'node_modules'));
    writeNotebook(join(lab.folder, 'watched.ipynb'), [
      "import { Dataset } from 'stemma';\nawait Dataset.range(12, 'Rows').map((n) => n * 2, 'Double').count();",
    ]);
    notebook = await lab.open('watched.ipynb');
  });
  afterAll(() => lab?.close());

  it('offers a page that shows what the panel shows', async () => {
    await notebook.runCell(0);
    await notebook.panelStateIs('complete');
    await notebook.execute('jupyterlab-stemma:start-monitor');
    const opened = notebook.page.waitForEvent('popup');
    await notebook.page.locator('.Toastify__toast').getByRole('button', { name: 'Open' }).click();
    const page = await opened;
    const node = page.locator('[data-node-id][data-type="process"][data-label="Double"]');
    await node.waitFor({ state: 'attached' });
    expect(await node.getAttribute('data-items-out')).toBe('12');
    expect(new URL(page.url()).search).toBe('');
    await page.close();
  });
});
