/** Documents of later versions: what is known of them is shown, and where that cannot be the page says what to do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../panel/fixture';
import { everywhereNew } from '../support/from-the-future';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';
import { writeNotebook } from './support/notebook-file';

describe('a document of a later version', () => {
  const document = everywhereNew(fixture({ progress: 1, samples: true }), 3);
  let lab: Lab;
  let page: LabPage;

  beforeAll(async () => {
    lab = await openLab();
    writeNotebook(join(lab.folder, 'future.ipynb'), ['1']);
    writeFileSync(join(lab.folder, 'later.provenance.json'), JSON.stringify(document));
    writeFileSync(join(lab.folder, 'next.provenance.json'), JSON.stringify({ ...document, version: '2.0' }));
    page = await lab.open('future.ipynb');
  });
  afterAll(() => lab?.close());

  it('is drawn, with the words that are not known as they are', async () => {
    await page.execute('docmanager:open', { path: 'later.provenance.json' });
    const viewer = page.page.locator('.jp-MimeDocument:visible .stemma-Panel');
    await viewer.locator('.stemma-Graph canvas').first().waitFor();
    const nodes = viewer.locator('[role="treeitem"][data-node-id]');
    const ids = await nodes.evaluateAll((items) => items.map((item) => item.getAttribute('data-node-id')));
    expect(ids.length).toBeGreaterThan(20);
    await viewer.locator('[data-state="brand-new"]').first().waitFor({ state: 'attached' });
    for (const id of ids) {
      await viewer.locator(`[data-node-id="${id}"]`).dispatchEvent('click');
      await viewer.locator(`[data-node-id="${id}"][aria-selected="true"]`).waitFor({ state: 'attached' });
    }
    for (const tab of ['timings', 'problems', 'session', 'details']) {
      await viewer.locator(`[data-tab="${tab}"]`).click();
      await viewer.locator(`[data-tab="${tab}"][aria-selected="true"]`).waitFor();
    }
    await page.screenshot('future');
    expect(page.errors).toEqual([]);
  });

  it('says to update Stemma where its major version is another', async () => {
    await page.execute('docmanager:open', { path: 'next.provenance.json' });
    await page.page.getByText('It has version 2.0 of the format; this Stemma reads 1.x. Update Stemma').waitFor();
    expect(page.errors).toEqual([]);
  });
});
