import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { comparisonView } from '../charts/comparison';
import { processTimeline } from '../charts/process-timeline';
import { runTimeline } from '../charts/run-timeline';
import { runName } from '../elements/run-name';
import { section } from '../elements/section';
import { ALL } from '../model/scoped-record';
import { timeChart } from '../charts/time-chart';
import { diagnosisText } from '../charts/diagnosis-text';
import { waitsView } from '../charts/waits';
import type { PanelTab } from './panel-tab';

export const timingsTab: PanelTab = {
  id: 'timings',
  title: (trans) => trans.__('Timings'),
  view: timingsView,
};

/**
 * Where the time goes: a sentence, what waits for what, the share of each process, the latest run, the runs, and the
 * latest against the one before.
 */
function timingsView(host: HTMLElement, context: ViewContext): View {
  const { trans } = context;
  const body = h('div', 'stemma-Details-body');
  const sentence = h('p', 'stemma-Diagnosis');
  const [waitsHost, chartHost, spansHost, runsHost, comparisonHost] = [
    h('div'),
    h('div'),
    h('div'),
    h('div'),
    h('div'),
  ];
  const scope = h('p', 'stemma-Hint');
  body.append(
    sentence,
    scope,
    waitsHost,
    section(trans.__('Time busy per step (thin: waiting for input)'), chartHost),
    section(trans.__('When items passed (darker: more at a time), and the time to the first item'), spansHost),
    section(trans.__('Latest run vs. previous run of this cell'), comparisonHost),
    section(trans.__('Runs'), runsHost),
  );
  host.append(body);
  const views = [
    waitsView(waitsHost, context),
    timeChart(chartHost, context, { waits: true }),
    processTimeline(spansHost, context),
    comparisonView(comparisonHost, context),
    runTimeline(runsHost, context),
  ];
  return {
    update: () => {
      setText(sentence, diagnosisText(context));
      setText(scope, scopeText(context));
      views.forEach((view) => view.update());
    },
    dispose: () => {
      views.forEach((view) => view.dispose());
      host.replaceChildren();
    },
  };
}

/**
 * What all figures here are of. Calls at the same time count once, so that a step is never busy for longer than its
 * run.
 */
function scopeText({ store, trans }: ViewContext): string {
  const { run } = store;
  if (run === null) {
    return '';
  }
  const of = store.scope === ALL ? trans.__('All runs') : runName(run, trans);
  return trans.__('%1. Calls at the same time count once.', of);
}
