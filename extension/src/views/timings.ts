import type { ViewContext } from './context';
import { h, setText, type View } from './dom';
import { runTimeline } from './run-timeline';
import { section } from './section';
import { timeChart } from './time-chart';
import { verdictText } from './verdict-text';

/** Where the time goes: a sentence, the share of each process, and the runs. */
export function timingsView(host: HTMLElement, context: ViewContext): View {
  const { trans } = context;
  const body = h('div', 'stemma-Details-body');
  const sentence = h('p', 'stemma-Verdict');
  const chartHost = h('div');
  const runsHost = h('div');
  body.append(
    sentence,
    section(trans.__('Own time per process, all runs; thin: waiting for what is upstream'), chartHost),
    section(trans.__('Runs'), runsHost),
  );
  host.append(body);
  const chart = timeChart(chartHost, context, { waits: true });
  const runs = runTimeline(runsHost, context);
  return {
    update: () => {
      setText(sentence, verdictText(context));
      chart.update();
      runs.update();
    },
    dispose: () => {
      chart.dispose();
      runs.dispose();
      host.replaceChildren();
    },
  };
}
