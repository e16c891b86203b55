import { formatValue, type Sample, type Summary, summaryText } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { scrollBox } from '../elements/scroll-box';
import { columnChooser } from './column-chooser';
import { columnHead } from './column-head';
import { type Column, columnsOf, orderBy } from './columns';
import { imageStrip, isImage } from './images';
import { originLink } from './origin-link';
import type { TableOptions } from './table-options';

/** Whether samples are records of plain fields, or plain values, so that a table shows them best. */
export function isTabular(samples: readonly Sample[]): boolean {
  return samples.every(
    ({ value }) => isCell(value) || (value.type === 'record' && value.fields.every((f) => isCell(f.value))),
  );
}

/** A value that fits a table's cell. */
function isCell(value: Summary): boolean {
  switch (value.type) {
    case 'number':
    case 'bool':
    case 'null':
    case 'text':
    case 'other':
      return true;
    case 'tensor':
      return value.images.length === 1;
    default:
      return false;
  }
}

/**
 * Records as a table: a line for each sample, numbers aligned, images drawn; index and origin stay while the rest
 * scrolls. A click on a column's name sorts by it.
 */
export function sampleTable(samples: readonly Sample[], context: ViewContext, options: TableOptions): HTMLElement {
  const { trans } = context;
  const { choices } = options;
  const columns = columnsOf(samples);
  const table = h('table', 'stemma-Table stemma-mod-samples');
  const head = table.createTHead().insertRow();
  const index = h('th', 'stemma-mod-number stemma-mod-index', '#');
  index.scope = 'col';
  index.title = trans.__('Index of the item in the stream, from 0');
  head.append(index);
  // Where a field is the origin itself, as a file's path is, it is not written twice.
  const origins = columns.find((column) => isOrigin(column, samples));
  const withOrigins = !origins && samples.some((sample) => sample.origins.length > 0);
  const rows = samples.map((sample, at) => rowOf(sample, { at, columns, origins, withOrigins, context, options }));
  const sort = (): void => {
    const column = columns.find(({ name }) => name === choices.sort?.column);
    const order = column && choices.sort ? orderBy(column, choices.sort.isDescending) : rows.map((_, row) => row);
    table.tBodies[0]?.append(...order.flatMap((row) => rows[row] ?? []));
    heads.forEach((one) => one.update());
  };
  const heads = columns.map((column) =>
    columnHead(column, { ...options, trans, isOrigin: column === origins, onSort: sort }),
  );
  head.append(...heads.map(({ element }) => element));
  if (withOrigins) {
    const origin = h('th', 'stemma-mod-origin', trans.__('origin'));
    origin.scope = 'col';
    origin.title = trans.__('Where the item came from; a click traces it through all steps');
    head.append(origin);
  }
  const show = (name: string, isShown: boolean): void => {
    const at = columns.findIndex((column) => column.name === name) + 1;
    [head, ...rows].forEach((row) => ((row.cells[at] as HTMLElement).hidden = !isShown));
    choices.hidden[isShown ? 'delete' : 'add'](name);
  };
  table.createTBody();
  sort();
  choices.hidden.forEach((name) => columns.some((column) => column.name === name) && show(name, false));
  const box = h('div');
  const names = columns.map(({ name }) => name);
  box.append(scrollBox(table), columnChooser(names, choices.hidden, trans, show) ?? '');
  return box;
}

function isOrigin({ cells }: Column, samples: readonly Sample[]): boolean {
  return samples.every((sample, i) => {
    const cell = cells[i];
    return cell?.type === 'text' && cell.text === sample.origins[0] && sample.origins.length === 1;
  });
}

interface RowParts {
  at: number;
  columns: readonly Column[];
  origins: Column | undefined;
  withOrigins: boolean;
  context: ViewContext;
  options: TableOptions;
}

function rowOf(sample: Sample, { at, columns, origins, withOrigins, context, options }: RowParts): HTMLTableRowElement {
  const row = h('tr');
  const index = row.insertCell();
  index.className = 'stemma-mod-number stemma-mod-faint stemma-mod-index';
  index.textContent = String(sample.index);
  for (const column of columns) {
    const cell = row.insertCell();
    if (column === origins) {
      cell.append(originLink(sample, context));
    } else {
      fillCell(cell, column.cells[at] ?? null, column.isNumeric, options.imageSize);
    }
  }
  if (withOrigins) {
    const origin = row.insertCell();
    origin.className = 'stemma-mod-origin';
    // The end of a path tells items apart, so it is the beginning that is cut off.
    origin.append(originLink(sample, context));
  }
  return row;
}

function fillCell(cell: HTMLTableCellElement, value: Summary | null, numeric: boolean, imageSize: number): void {
  if (numeric) {
    cell.className = 'stemma-mod-number';
  }
  if (value === null) {
    return;
  }
  if (value.type === 'number') {
    cell.textContent = formatValue(value.value);
    cell.title = String(value.value);
  } else if (isImage(value)) {
    cell.append(imageStrip(value.images, value, imageSize));
  } else {
    cell.textContent = summaryText(value);
    cell.title = summaryText(value);
  }
}
