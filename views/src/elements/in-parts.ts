import { formatCount } from 'stemma-document';
import type { Translate } from './context';
import { setText } from './dom';
import { linkButton } from './section';

/** How many are shown at once: thousands of rows would keep the page. */
const PART = 100;

/** Adds the first of many; returns a button that adds the next ones, hidden where there are none. */
export function inParts<T>(items: readonly T[], trans: Translate, add: (item: T) => void): HTMLButtonElement {
  let shown = 0;
  const addPart = (): void => {
    items.slice(shown, shown + PART).forEach(add);
    shown = Math.min(shown + PART, items.length);
    const left = items.length - shown;
    more.hidden = left === 0;
    setText(more, trans.__('Show %1 more', formatCount(left)));
  };
  const more = linkButton('', addPart);
  addPart();
  return more;
}
