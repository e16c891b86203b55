/**
 * The README's moving picture, made from the real JupyterLab: a pipeline runs, the graph counts, clicks show samples
 * and trace one of them.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/support/paths.mjs';
import { Film } from './support/film';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';

const MOST_BYTES = 2 * 1024 * 1024;

describe('the moving picture', () => {
  let lab: Lab | undefined;
  let demo: LabPage;
  let film: Film;

  beforeAll(async () => {
    lab = await openLab({ digitsPerClass: 300 });
    demo = await lab.open('digits.ipynb', { width: 1200, height: 860 });
    film = new Film(demo.page);
  });
  afterAll(() => lab?.close());

  const click = async (label: string, type?: string) => {
    await demo.cameraRests();
    await film.point(await demo.placeOf(label, type));
    await demo.select(label, type);
  };

  it('shows how the graph grows and counts', async () => {
    await demo.notificationsGone();
    await film.take(1000);
    await demo.runAllCells();
    while (await demo.isRunning()) await film.take(120);
    await demo.allCellsDone();
    await demo.panelStateIs('complete');
    await demo.execute('jupyterlab-stemma:fit-graph');
    await demo.cameraRests();
    await film.take(1500);
    expect(film.length).toBeGreaterThan(10);
  });

  it('shows samples on a click, and traces one', async () => {
    const details = demo.panel.locator('.stemma-Details');
    await click('Decode');
    await details.getByText('interrupted-upload.png').first().waitFor();
    await film.take(1800);
    await click('Scale to float32', 'artifact');
    await details.getByText('3,000').first().waitFor();
    await details.locator('.stemma-Samples .stemma-Image').first().waitFor();
    await demo.cameraRests();
    await film.take(1800);
    const origin = demo.panel.locator('.stemma-Samples .stemma-Link').first();
    await origin.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await origin.boundingBox())!;
    await film.point({ x: x + width / 2, y: y + height / 2 });
    await origin.click();
    await details.getByText('Tracing').waitFor();
    const image = details.locator('.stemma-Image').first();
    await image.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await demo.cameraRests();
    await film.take(2500);
  });

  it('moves, and is light enough for a README', async () => {
    const webp = await film.webp(960);
    const { pages, width } = await sharp(webp).metadata();
    expect(pages).toBeGreaterThan(14);
    expect(width).toBe(960);
    expect(webp.length).toBeLessThan(MOST_BYTES);
    const target = inRoot('tests', 'artefacts', 'film.webp');
    mkdirSync(inRoot('tests', 'artefacts'), { recursive: true });
    writeFileSync(target, webp);
    if (process.env['STEMMA_UPDATE_IMAGES']) copyFileSync(target, inRoot('docs', 'images', 'film.webp'));
  });
});
