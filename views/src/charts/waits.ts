import { formatShare } from 'stemma-document';
import { longestWaits, type Wait } from '../graph/waits';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { linkButton } from '../elements/section';

/** What waits for what, in sentences. */
export function waitsView(host: HTMLElement, context: ViewContext): View {
  const { durations, graph, store } = context;
  host.className = 'stemma-Waits';
  let shown = '';
  return {
    update: () => {
      const waits = longestWaits(graph.nodes, store);
      const key = JSON.stringify([waits, durations.unit]);
      if (key !== shown) {
        shown = key;
        host.replaceChildren(...waits.map((wait) => sentence(wait, context)));
      }
    },
    dispose: () => host.replaceChildren(),
  };
}

function sentence({ id, label, waitMs, share, cause }: Wait, { durations, trans, ui }: ViewContext): HTMLElement {
  const line = h('p', 'stemma-Waits-line');
  const waited = trans.__('waited %1 for input, %2 of its time', durations.format(waitMs), formatShare(share));
  line.append(
    linkButton(label, () => ui.select(id)),
    ` ${waited}`,
  );
  if (cause) {
    line.append(
      `; ${trans.__('the slowest step upstream is')} `,
      linkButton(cause.label, () => ui.select(cause.id)),
      ` (${trans.__("%1 of the pipeline's time", formatShare(cause.share))})`,
    );
  }
  line.append('.');
  return line;
}
