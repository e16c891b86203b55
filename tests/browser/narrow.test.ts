/** The panel at 320 pixels, the width of a side bar on a small screen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import type { LabPage } from './support/lab-page';

const WIDTH = 320;

describe('a narrow panel', () => {
  let lab: Lab | undefined;
  let demo: LabPage;

  beforeAll(async () => {
    lab = await openLab({ digitsPerClass: 20 });
    demo = await lab.open('digits.ipynb');
    await demo.runAllCells();
    await demo.allCellsDone();
    await resizePanel(demo, WIDTH);
  });
  afterAll(() => lab?.close());

  it('is not wider than it is', async () => {
    await demo.select('Decode');
    await demo.page.waitForTimeout(500);
    await demo.screenshot('narrow');
    const { width, overflow } = await demo.panel.evaluate((panel) => ({
      width: panel.clientWidth,
      overflow: [panel, ...panel.querySelectorAll<HTMLElement>('.stemma-Details, .stemma-Header')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
    }));
    expect(width).toBeGreaterThan(WIDTH - 12);
    expect(width).toBeLessThan(WIDTH + 12);
    expect(Math.max(...overflow)).toBeLessThanOrEqual(1);
  });

  it('names the chosen run in full', async () => {
    const select = demo.panel.locator('.stemma-RunSelect');
    await select.waitFor();
    const { width, needed } = await select.evaluate((element) => {
      const text = document.createElement('span');
      text.style.font = getComputedStyle(element).font;
      text.textContent = (element as HTMLSelectElement).selectedOptions[0]?.text ?? '';
      document.body.append(text);
      const needed = text.getBoundingClientRect().width;
      text.remove();
      return { width: element.clientWidth, needed };
    });
    // With the arrow beside it.
    expect(width).toBeGreaterThan(needed + 20);
  });

  it('shows samples', async () => {
    await demo.select('Augment', 'artifact');
    await demo.panel.locator('.stemma-Details').getByText('items', { exact: true }).waitFor();
    await demo.panel.locator('.stemma-Samples img, .stemma-Samples canvas').first().waitFor();
    await demo.screenshot('narrow-samples');
  });
});

/** Drags the handle between notebook and panel. */
async function resizePanel(demo: LabPage, width: number): Promise<void> {
  const box = await demo.panel.boundingBox();
  if (!box) throw new Error('the panel is not visible');
  const y = box.y + box.height / 2;
  await demo.page.mouse.move(box.x - 2, y);
  await demo.page.mouse.down();
  await demo.page.mouse.move(box.x + box.width - width - 2, y, { steps: 8 });
  await demo.page.mouse.up();
}
