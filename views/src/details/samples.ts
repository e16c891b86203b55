import type { Sample } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { originLink } from './origin-link';
import { streamsTogether } from '../model/streams-together';
import { basisText, runsOf } from './basis';
import { isTabular, sampleTable } from './sample-table';
import { summaryView } from './summary-view';
import type { TableOptions } from './table-options';

/** Of a large group, the samples of this many streams are requested, since they may be large. */
export const WATCHED = 100;

/**
 * The samples of artifacts; of several, one of each in turn. While they are shown, the host requests them from the
 * kernel.
 */
export function samplesView(
  host: HTMLElement,
  context: ViewContext,
  all: readonly string[],
  { imageSize = 36 } = {},
): View {
  const { store, ui } = context;
  const artifacts = all.slice(0, WATCHED);
  host.classList.add('stemma-Samples');
  const release = ui.watch(artifacts);
  let shown: unknown[] | null = null;
  let shownLimit = 0;
  let hint = '';
  const tableOptions = (): TableOptions => {
    const streams = artifacts.flatMap((id) => store.artifacts.get(id) ?? []);
    const facts = streamsTogether(streams);
    const basis = basisText(facts, runsOf(streams, context), context.trans);
    return { fields: facts.fields, basis, choices: ui.tableOf(artifacts), imageSize };
  };
  return {
    update: () => {
      const lists = artifacts.map((id) => store.samples.get(id));
      const { samples: limit } = context.preferences.current;
      const isShown = shown !== null && shownLimit === limit && lists.every((list, i) => list === shown?.[i]);
      if (!lists.some((list) => list && list.length > 0)) {
        const text = emptyHint(artifacts, context);
        if (!isShown || hint !== text) host.replaceChildren(h('p', 'stemma-Hint', text));
        hint = text;
      } else if (!isShown) {
        const samples = interleave(lists.map((list) => tracedFirst(list ?? []))).slice(0, limit);
        if (isTabular(samples)) host.replaceChildren(sampleTable(samples, context, tableOptions()));
        else host.replaceChildren(...samples.map((sample) => sampleCard(sample, context)));
      }
      shown = lists;
      shownLimit = limit;
    },
    dispose: release,
  };
}

function emptyHint(artifacts: readonly string[], { store, trans }: ViewContext): string {
  const total = (name: 'sampleCount' | 'items'): number =>
    artifacts.reduce((sum, id) => sum + (store.artifacts.get(id)?.execution[name] ?? 0), 0);
  if (total('sampleCount') > 0) return trans.__('Loading samples …');
  return total('items') > 0 ? trans.__('No samples were kept.') : trans.__('Samples appear once items have passed.');
}

function sampleCard(sample: Sample, context: ViewContext): HTMLElement {
  const card = h('div', 'stemma-Sample');
  const head = h('div', 'stemma-Sample-head');
  head.append(h('span', 'stemma-Sample-index', `#${sample.index}`), originLink(sample, context));
  head.title = sample.origins.join('\n');
  card.append(head, summaryView(sample.value, context.trans));
  return card;
}

/** Items that are kept at every step come first: a click on their origin shows their whole way. */
function tracedFirst(samples: readonly Sample[]): Sample[] {
  return [...samples.filter((sample) => sample.traced), ...samples.filter((sample) => !sample.traced)];
}

/** One of each list in turn, so that a few samples show all the members of a group. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }).flatMap((_, i) =>
    lists.flatMap((list) => (i < list.length ? [list[i] as T] : [])),
  );
}
