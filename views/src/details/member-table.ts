import { type DrawnNode, formatCount, processesOf } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { setStateIcon, stateIcon } from '../elements/icons';
import { inParts } from '../elements/in-parts';

/** The members of a grouped process, a line for each, with counts and average times. */
export function memberTable(host: HTMLElement, context: ViewContext, node: DrawnNode): View {
  const { durations, store, trans } = context;
  const table = h('table', 'stemma-Table');
  const head = table.createTHead().insertRow();
  for (const [name, numeric] of [
    ['', false],
    [trans.__('label'), false],
    [trans.__('items out'), true],
    [trans.__('per item'), true],
  ] as const) {
    const cell = h('th', numeric ? 'stemma-mod-number' : '', name);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  const rows: (() => void)[] = [];
  const more = inParts(processesOf(node, store), trans, ({ id }) => {
    const row = body.insertRow();
    const icon = stateIcon();
    row.insertCell().append(icon);
    const label = row.insertCell();
    const [items, time] = [row.insertCell(), row.insertCell()];
    items.className = time.className = 'stemma-mod-number';
    const write = (): void => {
      const process = store.processes.get(id);
      if (process) {
        setStateIcon(icon, process.execution.state);
        setText(label, process.label);
        setText(items, formatCount(process.execution.itemsOut));
        setText(time, durations.format(process.execution.selfTime?.meanMs ?? null));
      }
    };
    write();
    rows.push(write);
  });
  host.append(table, more);
  return { update: () => rows.forEach((write) => write()), dispose: () => undefined };
}
