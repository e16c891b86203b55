/** How graphs look, compared by pixels with the committed pictures. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/support/paths.mjs';
import { startStand, type Stand } from '../panel/stand';
import { differingPixels } from './support/compare-pictures';

/** Less than one label takes: what differs is noise of the browser's version. */
const TOLERANCE = 150;

/** What is done before the picture is taken. */
const AS_IT_IS = '';
const OPENED = 'const { graph } = window.harness; graph.toggle(graph.groupOf(graph.nodes[0].id));';
const WHOLE = 'window.harness.panel.fit();';
const CELLS = 'window.harness.preferences.set({ groupCells: true });';
const TIDY = 'await window.harness.panel.tidy();';
const LEGEND = 'window.harness.panel.showLegend();';

const PICTURES: [name: string, document: string, theme: string, width: number, height: number, prepare: string][] = [
  ['digits-light', 'digits', 'light', 480, 980, AS_IT_IS],
  ['digits-dark', 'digits', 'dark', 480, 980, AS_IT_IS],
  ['sales-light', 'sales', 'light', 900, 620, AS_IT_IS],
  ['sales-dark', 'sales', 'dark', 900, 620, AS_IT_IS],
  ['long-light', 'long', 'light', 1000, 1720, AS_IT_IS],
  ['long-dark', 'long', 'dark', 1000, 1720, AS_IT_IS],
  ['long-tidy', 'long', 'light', 1000, 1720, TIDY],
  ['digits-open', 'digits', 'light', 760, 1200, OPENED],
  ['digits-whole-narrow', 'digits', 'light', 320, 420, WHOLE],
  ['long-cells', 'long', 'light', 480, 560, CELLS],
  ['legend-narrow', 'digits', 'dark', 320, 900, LEGEND],
];

describe('the graph looks as it did', () => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand();
  });
  afterAll(() => stand?.close());

  it.each(PICTURES)('%s', async (name, document, theme, width, height, prepare) => {
    const page = await stand.open({ theme, width, height });
    // The graph alone, in a font that is everywhere the same.
    await page.addStyleTag({
      content: `* { font-family: 'DejaVu Sans' !important; caret-color: transparent; }
        .stemma-Header, .stemma-Lower, .stemma-Splitter { display: none !important; }
        .stemma-Stage { flex: 1 0 100% !important; }`,
    });
    const text = readFileSync(inRoot('tests', 'panel', 'documents', `${document}.json`), 'utf8');
    await page.evaluate((json) => window.harness.showDocument(JSON.parse(json) as never), text);
    await page.waitForFunction(() => window.harness.canvasIsDrawn());
    await page.evaluate(`(async () => { ${prepare} })()`);
    const pixels = differingPixels(name, await atRest(page));
    await page.close();
    expect(pixels, `tests/artefacts/references/${name}.png shows old, new and difference`).toBeLessThan(TOLERANCE);
  });
});

/** The picture once nothing of it changes any more. */
async function atRest(page: Page): Promise<Buffer> {
  let last = await page.screenshot();
  for (let same = 0; same < 3;) {
    await page.waitForTimeout(150);
    const now = await page.screenshot();
    same = now.equals(last) ? same + 1 : 0;
    last = now;
  }
  return last;
}
