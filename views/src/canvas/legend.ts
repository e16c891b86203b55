import { formatCount } from 'stemma-document';
import { strongest } from '../graph/heat';
import { colorByOf, type ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';

const SHADES = [1, 2, 3, 4, 5];

/** What the shades of the graph mean; nothing where its colours are those of the states. */
export function legendView(host: HTMLElement, context: ViewContext): View {
  const { durations, graph, store, trans } = context;
  host.classList.add('stemma-Legend');
  const [name, most] = [h('span'), h('span')];
  const swatches = SHADES.map((shade) => {
    const swatch = h('span', 'stemma-Legend-swatch');
    swatch.style.setProperty('--stemma-shade', String(shade));
    return swatch;
  });
  host.append(name, h('span', '', '0'), ...swatches, most);
  return {
    update: () => {
      const by = colorByOf(context);
      const amount = by === 'state' ? 0 : strongest(graph.nodes, store, by);
      host.hidden = amount === 0;
      if (by === 'state') {
        return;
      }
      setText(name, { time: trans.__('self time'), items: trans.__('items'), problems: trans.__('problems') }[by]);
      setText(most, by === 'time' ? durations.format(amount) : formatCount(amount));
    },
    dispose: () => host.replaceChildren(),
  };
}
