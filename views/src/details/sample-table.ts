import { formatValue, type Sample, type Summary } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { imageStrip, isImage } from './images';
import { originLink } from './origin-link';
import { summaryText } from './summary-view';

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

/** Records as a table: a line for each sample, numbers aligned, images drawn. */
export function sampleTable(samples: readonly Sample[], context: ViewContext): HTMLElement {
  const { trans } = context;
  const names = [
    ...new Set(samples.flatMap(({ value }) => (value.type === 'record' ? value.fields.map((f) => f.name) : ['']))),
  ];
  const columns = names.map((name) => ({ name, cells: samples.map(({ value }) => fieldOf(value, name)) }));
  const table = h('table', 'stemma-Table stemma-mod-samples');
  const head = table.createTHead().insertRow();
  const heading = (text: string, numeric: boolean): void => {
    const cell = h('th', numeric ? 'stemma-mod-number' : '', text);
    cell.scope = 'col';
    head.append(cell);
  };
  heading('#', true);
  columns.forEach(({ name, cells }) => heading(name === '' ? trans.__('value') : name, isNumeric(cells)));
  // Where a field is the origin itself, as a file's path is, it is not written twice.
  const isOrigin = ({ cells }: { cells: (Summary | null)[] }): boolean =>
    samples.every((sample, i) => {
      const cell = cells[i];
      return cell?.type === 'text' && cell.text === sample.origins[0] && sample.origins.length === 1;
    });
  const origins = columns.find(isOrigin);
  const withOrigins = !origins && samples.some((sample) => sample.origins.length > 0);
  if (withOrigins) {
    heading(trans.__('origin'), false);
  }
  const body = table.createTBody();
  samples.forEach((sample, i) => {
    const row = body.insertRow();
    const index = row.insertCell();
    index.className = 'stemma-mod-number stemma-mod-faint';
    index.textContent = String(sample.index);
    for (const column of columns) {
      const cell = row.insertCell();
      if (column === origins) {
        cell.append(originLink(sample, context));
      } else {
        fillCell(cell, column.cells[i] ?? null, isNumeric(column.cells));
      }
    }
    if (withOrigins) {
      const origin = row.insertCell();
      origin.className = 'stemma-mod-origin';
      // The end of a path tells items apart, so it is the beginning that is cut off.
      origin.append(originLink(sample, context));
    }
  });
  const scroll = h('div', 'stemma-Scroll');
  scroll.append(table);
  return scroll;
}

function fieldOf(value: Summary, name: string): Summary | null {
  if (value.type === 'record') {
    return value.fields.find((field) => field.name === name)?.value ?? null;
  }
  return name === '' ? value : null;
}

function isNumeric(cells: readonly (Summary | null)[]): boolean {
  return cells.every((cell) => cell === null || cell.type === 'number') && cells.some((cell) => cell !== null);
}

function fillCell(cell: HTMLTableCellElement, value: Summary | null, numeric: boolean): void {
  if (value === null) {
    return;
  }
  if (numeric && value.type === 'number') {
    cell.className = 'stemma-mod-number';
    cell.textContent = formatValue(value.value);
  } else if (isImage(value)) {
    cell.append(imageStrip(value.images, value, 36));
  } else {
    cell.textContent = summaryText(value);
    cell.title = summaryText(value);
  }
}
