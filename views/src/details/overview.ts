import { timeBars } from '../graph/times';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { section } from '../elements/section';
import { timeChart } from '../charts/time-chart';

/** What the details show while nothing is selected. */
export function overview(host: HTMLElement, context: ViewContext): View {
  const { trans } = context;
  const chartHost = h('div');
  const times = section(trans.__('Time busy per step'), chartHost);
  host.append(
    h('p', 'stemma-Hint', trans.__('Select a step or a stream in the graph to see its samples, code and times.')),
    times,
  );
  const chart = timeChart(chartHost, context);
  return {
    update: () => {
      times.hidden = timeBars(context.graph.nodes, context.store).length === 0;
      chart.update();
    },
    dispose: () => chart.dispose(),
  };
}
