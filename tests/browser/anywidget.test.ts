/**
 * Widgets of the kernel in the front end of anywidget (a Python package that the tests install): from slider to cell
 * and back.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab';
import { writeNotebook } from './support/notebook-file';

const MAKE = `import { widget } from 'stemma-kernel';
const slider = widget({
  state: { value: 3 },
  render: ({ model, el }) => {
    const input = Object.assign(el.ownerDocument.createElement('input'), { type: 'range', min: 0, max: 20, value: model.get('value') });
    input.className = 'trial-slider';
    input.oninput = () => { model.set('value', input.valueAsNumber); model.save_changes(); };
    model.on('change:value', () => { input.value = model.get('value'); });
    el.append(input);
  },
});
slider.on('value', (value) => console.log('the page says', value));
slider`;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
  writeNotebook(join(lab.folder, 'widget.ipynb'), [
    MAKE,
    'slider.set({ value: 12 });',
    "console.log('the cell has', slider.get('value'));",
  ]);
});
afterAll(() => lab.close());

it('a widget goes both ways, also after the page was loaded again', async () => {
  const notebook = await lab.open('widget.ipynb');
  const { page } = notebook;
  await notebook.runAllCells();
  await notebook.allCellsDone();
  const slider = page.locator('input.trial-slider');
  // From the cell to the page.
  await expect.poll(() => slider.inputValue()).toBe('12');
  await slider.fill('7');
  await page.getByText('the page says 7').waitFor();

  // What was drawn comes back from the kernel, once the notebook, which says where it was, was saved.
  await notebook.save();
  await page.reload();
  await notebook.ready();
  await expect.poll(() => slider.inputValue()).toBe('7');
  await slider.fill('9');
  await notebook.runCell(2);
  await page.getByText('the cell has 9').waitFor();
  expect(notebook.errors).toEqual([]);
});
