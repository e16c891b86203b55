import { type Anomaly, onlyFields } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { summaryView } from './summary-view';

/** The first item that did not fit the schema of those before it. */
export function anomalyBlock(anomaly: Anomaly, { store, trans }: ViewContext): HTMLElement {
  const number = store.runs.size > 1 ? store.runs.get(anomaly.run)?.number : undefined;
  // What differs must not be searched for.
  const fields = new Set(anomaly.paths?.map((path) => path.split(/[.[]/)[0] ?? '') ?? []);
  const block = h('div', 'stemma-Failure');
  block.dataset['tone'] = 'warn';
  block.append(
    h(
      'div',
      'stemma-Failure-message',
      number === undefined
        ? trans.__('Item %1 does not fit the schema of the items before it', anomaly.index)
        : trans.__('Item %1 of run %2 does not fit the schema of the items before it', anomaly.index, number),
    ),
    fact(trans.__('found'), onlyFields(anomaly.found, fields)),
    fact(trans.__('expected'), onlyFields(anomaly.expected, fields)),
  );
  if (anomaly.value !== undefined) {
    block.append(summaryView(anomaly.value, trans));
  }
  const origin = anomaly.origins[0];
  if (origin !== undefined) {
    block.append(h('div', 'stemma-Failure-where', origin));
  }
  return block;
}

function fact(name: string, text: string): HTMLElement {
  const line = h('div', 'stemma-Failure-where');
  line.append(`${name} `, h('code', 'stemma-SchemaText stemma-mod-inline', text));
  return line;
}
