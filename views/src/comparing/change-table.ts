import { type Change, formatCount, formatValue, type JsonValue } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';

/** What differs, a row each: its name, before, after. `strip`: what the names would all begin with. */
export function changeTable(changes: readonly Change[], context: ViewContext, strip = ''): HTMLElement {
  const { trans } = context;
  const table = h('table', 'stemma-Table stemma-mod-changes');
  const head = table.createTHead().insertRow();
  for (const name of [trans.__('what differs'), trans.__('before'), trans.__('after')]) {
    const cell = h('th', '', name);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const { layer, path, a, b } of changes) {
    const row = body.insertRow();
    const name = h('th', '', path.startsWith(strip) ? path.slice(strip.length) : path);
    name.scope = 'row';
    row.append(name);
    const write = layer === 'times' ? timeWriter(context) : textOf;
    // Rounded, they may look alike.
    const texts = write(a) === write(b) ? [exactly(a), exactly(b)] : [write(a), write(b)];
    for (const [index, value] of [a, b].entries()) {
      const cell = row.insertCell();
      cell.textContent = texts[index] ?? '';
      cell.className = index === 0 ? 'stemma-mod-before' : 'stemma-mod-after';
      cell.title = exactly(value);
    }
  }
  return table;
}

function textOf(value: JsonValue): string {
  return typeof value !== 'number' ? exactly(value) : Number.isInteger(value) ? formatCount(value) : formatValue(value);
}

const timeWriter =
  ({ durations }: ViewContext) =>
  (value: JsonValue): string =>
    typeof value === 'number' ? durations.format(value) : textOf(value);

/** What one side lacks is a dash. */
const exactly = (value: JsonValue): string =>
  value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
