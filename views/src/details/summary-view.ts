import {
  formatCount,
  formatValue,
  type Overview,
  type Summary,
  summaryText,
  type TensorSummary,
} from 'stemma-document';
import type { Translate } from '../elements/context';
import { h } from '../elements/dom';
import { imageStrip, isImage } from './images';
import { heatMap, sparkline } from './series';

/**
 * A summary of a value, drawn: images as images, tensors with their statistics, records and lists as trees. `changed`:
 * fields of a record to be marked.
 */
export function summaryView(
  value: Summary,
  trans: Translate,
  changed?: ReadonlySet<string>,
  number: (value: number | string | null) => string = formatValue,
): HTMLElement {
  switch (value.type) {
    case 'tensor':
      return tensorView(value, trans);
    case 'record': {
      const list = h('dl', 'stemma-Facts stemma-mod-value');
      for (const field of value.fields) {
        const dd = h('dd');
        dd.append(summaryView(field.value, trans, undefined, number));
        list.append(h('dt', changed?.has(field.name) ? 'stemma-mod-changed' : '', field.name), dd);
      }
      if (value.omitted > 0) {
        list.append(
          h('dt', '', '…'),
          h('dd', 'stemma-Hint', trans._n('%1 more field', '%1 more fields', value.omitted)),
        );
      }
      return list;
    }
    case 'list':
      return listView(value, trans);
    default:
      return h(
        'span',
        `stemma-Value stemma-mod-${value.type}`,
        value.type === 'number' ? number(value.value) : summaryText(value),
      );
  }
}

function listView(value: Extract<Summary, { type: 'list' }>, trans: Translate): HTMLElement {
  const plain = value.items.every((item) => item.type === 'number' || item.type === 'bool' || item.type === 'null');
  if (plain) {
    const more = value.length > value.items.length ? ', …' : '';
    const box = h('div', 'stemma-Tensor');
    const numbers = value.items.map((item) => (item.type === 'number' ? item.value : null));
    box.append(...seriesOf(numbers, [value.length], value.overview));
    box.append(h('span', 'stemma-Value', `[${value.items.map(summaryText).join(', ')}${more}]`));
    return box;
  }
  const list = h('ol', 'stemma-ValueList');
  list.start = 0;
  for (const item of value.items) {
    const line = h('li');
    line.append(summaryView(item, trans));
    list.append(line);
  }
  if (value.omitted > 0) {
    list.append(h('li', 'stemma-Hint', trans.__('… %1 in total', formatCount(value.length))));
  }
  return list;
}

function tensorView(value: TensorSummary, trans: Translate): HTMLElement {
  const box = h('div', 'stemma-Tensor');
  if (isImage(value)) {
    box.append(imageStrip(value.images, value, value.images.length > 1 ? 36 : 84));
  }
  const facts = h('div', 'stemma-Tensor-facts');
  facts.append(h('div', 'stemma-Tensor-type', `${value.dtype} [${value.shape.join(', ')}]`));
  if (value.min !== null || value.max !== null) {
    const numbers = h('div', 'stemma-Tensor-numbers');
    for (const [name, number] of [
      [trans.__('min'), value.min],
      [trans.__('mean'), value.mean],
      [trans.__('max'), value.max],
    ] as const) {
      numbers.append(h('span', 'stemma-Tensor-name', name), h('span', 'stemma-Tensor-number', formatValue(number)));
    }
    facts.append(numbers);
  }
  box.append(facts);
  if (!isImage(value)) {
    box.append(...seriesOf(value.values, value.shape, value.overview));
  }
  if (!isImage(value) && value.values.length > 0) {
    const total = value.shape.reduce((product, size) => product * size, 1);
    const more = total > value.values.length ? ', …' : '';
    box.append(h('div', 'stemma-Value stemma-Tensor-values', `[${value.values.map(formatValue).join(', ')}${more}]`));
  }
  return box;
}

/** Fewer numbers are read faster than looked at. */
const SERIES_FROM = 6;

/**
 * A picture of numbers: a line for a vector, squares for a matrix; of all of them where there is an overview, else of
 * the few that there are.
 */
function seriesOf(
  values: readonly (number | string | null)[],
  shape: readonly number[],
  overview: Overview | undefined,
): SVGSVGElement[] {
  if (overview?.type === 'envelope') {
    return [sparkline(overview.low, overview.high)];
  }
  if (overview?.type === 'matrix') {
    return [heatMap(overview.levels, overview.columns, [overview.low ?? 0, overview.high ?? 0])];
  }
  // Numbers that JSON has no notation for are texts.
  const numbers = values.filter((value): value is number => typeof value === 'number');
  const columns = shape[1];
  if (numbers.length < Math.max(SERIES_FROM, values.length)) {
    return [];
  }
  if (shape.length === 1) {
    return [sparkline(numbers)];
  }
  return shape.length === 2 && columns !== undefined && columns > 1 && numbers.length >= columns
    ? [heatMap(numbers.slice(0, Math.floor(numbers.length / columns) * columns), columns)]
    : [];
}
