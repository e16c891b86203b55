import { formatCount, formatValue } from 'stemma-document';
import { histogram } from '../charts/histogram';
import type { Translate } from '../elements/context';
import { h, setAttribute, setText } from '../elements/dom';
import type { Column } from './columns';
import type { TableOptions } from './table-options';

interface HeadOptions extends TableOptions {
  trans: Translate;
  isOrigin: boolean;
  /** The choice of what to sort by has changed. */
  onSort(): void;
}

/** The head of a column: its name, which sorts by it, and how its values are distributed in the whole stream. */
export function columnHead(
  column: Column,
  { trans, fields, basis, choices, isOrigin, onSort }: HeadOptions,
): { element: HTMLElement; update(): void } {
  const { name, isNumeric } = column;
  const element = h('th', isNumeric ? 'stemma-mod-number' : '');
  element.scope = 'col';
  const button = h('button', 'stemma-Sort');
  button.type = 'button';
  const arrow = h('span', 'stemma-Sort-arrow');
  arrow.setAttribute('aria-hidden', 'true');
  button.append(h('span', 'stemma-Sort-name', name === '' ? trans.__('value') : name), arrow);
  button.addEventListener('click', () => {
    choices.sort = next(choices.sort, name);
    onSort();
  });
  element.append(button);
  const field = fields.find(({ path }) => path === name);
  const facts: string[] = [];
  if (field?.histogram && field.min !== field.max) {
    element.append(histogram(field.histogram));
    facts.push(`${formatValue(field.min)} … ${formatValue(field.max)}`);
  } else if (field && field.distinct !== null && !isOrigin) {
    element.append(h('span', 'stemma-Sort-distinct', trans.__('%1 distinct', formatCount(field.distinct))));
  }
  if (field && field.missing > 0) {
    facts.push(trans.__('%1 missing', formatCount(field.missing)));
  }
  button.title = [trans.__('Sort the samples by %1', name === '' ? trans.__('value') : name), ...facts, field && basis]
    .filter((part) => part)
    .join('\n');
  return {
    element,
    update: () => {
      const isSorted = choices.sort?.column === name;
      const direction = choices.sort?.isDescending ? 'descending' : 'ascending';
      setAttribute(element, 'aria-sort', isSorted ? direction : null);
      setText(arrow, isSorted ? (choices.sort?.isDescending ? '▾' : '▴') : '');
    },
  };
}

/** Up, down, and as the items came. */
function next(sort: TableOptions['choices']['sort'], column: string): TableOptions['choices']['sort'] {
  if (sort?.column !== column) {
    return { column, isDescending: false };
  }
  return sort.isDescending ? null : { column, isDescending: true };
}
