import { formatValue, type Process } from 'stemma-document';
import { metricChart, type MetricLine } from '../charts/metric-chart';
import type { ViewContext } from '../elements/context';
import { h, setHidden, setText, type View } from '../elements/dom';
import { runName } from '../elements/run-name';
import { section } from '../elements/section';
import type { DetailsPart } from './process-subject';

/** More curves in one chart would hide each other. */
const MAX_LINES = 8;

/** Curves of a step's figures: one chart for each, with the runs before it, also those of earlier runs of its cell. */
export const processMetrics: DetailsPart = (host, context, { first, processes }) => {
  if (first.kind !== 'step') {
    return null;
  }
  const charts = h('div', 'stemma-Metrics');
  const part = section(context.trans.__('Metrics'), charts);
  host.append(part);
  const views = new Map<string, View>();
  const all = (): Process[] => withEarlier(processes(), context);
  return {
    update: () => {
      const names = new Set(all().flatMap(({ execution }) => (execution.metrics ?? []).map(({ name }) => name)));
      // What is hidden has no width to draw in.
      setHidden(part, names.size === 0);
      for (const name of names) {
        if (!views.has(name)) {
          views.set(
            name,
            metricView(charts, context, name, () => linesOf(all(), name, context)),
          );
        }
      }
      views.forEach((view) => view.update());
    },
    dispose: () => views.forEach((view) => view.dispose()),
  };
};

/** A chart under its name and its latest value. */
function metricView(host: HTMLElement, context: ViewContext, name: string, lines: () => readonly MetricLine[]): View {
  const value = h('span', 'stemma-Metrics-value');
  const head = h('div', 'stemma-Metrics-head', name);
  const drawing = h('div');
  head.append(value);
  host.append(head, drawing);
  const chart = metricChart(drawing, context, lines);
  return {
    update: () => {
      const latest = lines().at(-1)?.points.at(-1)?.[1];
      setText(
        value,
        latest === undefined ? '' : latest === null ? context.trans.__('not finite') : formatValue(latest),
      );
      chart.update();
    },
    dispose: chart.dispose,
  };
}

/** With what stood in their place when their cell ran before. */
function withEarlier(processes: readonly Process[], { store }: ViewContext): Process[] {
  const keys = new Set(processes.map(({ key }) => key));
  const known = new Set(processes.map(({ id }) => id));
  const earlier = [...store.processes.values()].filter(
    ({ id, key, superseded }) => superseded && keys.has(key) && !known.has(id),
  );
  return [...earlier, ...processes];
}

function linesOf(processes: readonly Process[], name: string, { store, trans }: ViewContext): MetricLine[] {
  const series = processes.flatMap(({ execution }) => (execution.metrics ?? []).filter((one) => one.name === name));
  return series.slice(-MAX_LINES).map(({ run: id, points }) => {
    const run = store.runs.get(id);
    return { run: run === undefined ? trans.__('an earlier run') : runName(run, trans), points };
  });
}
