import type { ViewContext } from './context';
import { h, type View } from './dom';
import { section } from './section';
import { timeChart } from './time-chart';

/** What the details show while nothing is selected. */
export function overview(host: HTMLElement, context: ViewContext): View {
  const { trans } = context;
  const chartHost = h('div');
  host.append(
    h(
      'p',
      'stemma-Hint',
      trans.__('Select a step or a stream in the graph to see its samples, its code and its times.'),
    ),
    section(trans.__('Own time per process'), chartHost),
  );
  const chart = timeChart(chartHost, context);
  return chart;
}
