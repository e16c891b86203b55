import { formatCount } from 'stemma-document';
import { h } from '../elements/dom';

/** How often something was there. */
export interface Counted {
  name: string;
  count: number;
}

/** A bar for each value with its count: for what has few values, such as class labels. */
export function countBars(counted: readonly Counted[]): HTMLElement {
  const list = h('dl', 'stemma-Counts');
  const most = Math.max(1, ...counted.map(({ count }) => count));
  for (const { name, count } of counted) {
    const value = h('dd');
    const bar = h('span', 'stemma-Counts-bar');
    bar.style.width = `${(count / most) * 100}%`;
    const track = h('span', 'stemma-Counts-track');
    track.append(bar);
    value.append(track, h('span', 'stemma-Counts-count', formatCount(count)));
    const term = h('dt', '', name);
    term.title = name;
    list.append(term, value);
  }
  return list;
}
