import type { Translate } from '../elements/context';
import { h } from '../elements/dom';

/** Fewer columns are all shown. */
const FROM = 5;

/** Which columns of a table are shown, as a list to open; null where there are few. */
export function columnChooser(
  names: readonly string[],
  hidden: ReadonlySet<string>,
  trans: Translate,
  show: (name: string, isShown: boolean) => void,
): HTMLElement | null {
  if (names.length < FROM) {
    return null;
  }
  const chooser = h('details', 'stemma-Columns');
  const title = h('summary', 'stemma-Hint');
  const list = h('div', 'stemma-Columns-list');
  const boxes = names.map((name) => {
    const label = h('label');
    const box = h('input');
    box.type = 'checkbox';
    box.checked = !hidden.has(name);
    box.addEventListener('change', () => {
      show(name, box.checked);
      count();
    });
    label.append(box, name);
    list.append(label);
    return box;
  });
  const count = (): void => {
    const shown = boxes.filter((box) => box.checked).length;
    title.textContent =
      shown === names.length ? trans.__('%1 columns', shown) : trans.__('%1 of %2 columns', shown, names.length);
  };
  count();
  chooser.append(title, list);
  return chooser;
}
