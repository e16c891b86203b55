import { formatExact, type Summary } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { WATCHED } from './samples';
import { statisticsView } from './statistics-view';
import { summaryView } from './summary-view';

/** What reductions returned: the latest value of each, a line for each of its fields, numbers with all their digits. */
export function valueView(host: HTMLElement, context: ViewContext, all: readonly string[]): View {
  const { store, trans, ui } = context;
  const values = all.slice(0, WATCHED);
  const release = ui.watch(values);
  let shown: unknown[] | null = null;
  return {
    update: () => {
      const lists = values.map((id) => store.samples.get(id));
      if (shown !== null && lists.every((list, i) => list === shown?.[i])) {
        return;
      }
      shown = lists;
      const latest = lists.flatMap((list) => list?.at(-1)?.value ?? []);
      const drawn = latest.map((value) => valueElement(value, context));
      host.replaceChildren(...(drawn.length > 0 ? drawn : [h('p', 'stemma-Hint', trans.__('Known after a run.'))]));
    },
    dispose: release,
  };
}

function valueElement(value: Summary, { trans }: ViewContext): HTMLElement {
  const statistics = statisticsView(value, trans);
  if (statistics) {
    return statistics;
  }
  const element = summaryView(value, trans, new Set(), formatExact);
  element.classList.add('stemma-mod-exact');
  return element;
}
