import { scaleLinear } from 'd3-scale';
import { formatChange, type Run, runBefore } from 'stemma-document';
import { relativeChange } from '../graph/comparison';
import { type BarRow, barRows, labelWidthIn } from './bar-rows';
import type { ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';
import { runName } from '../elements/run-name';
import { stateName } from '../elements/state-names';

/** The newest runs; more would be a list nobody reads. */
const SHOWN = 20;

interface RunBar {
  run: Run;
  label: string;
  startMs: number;
  endMs: number;
  /** Duration against the run before of the same cell and sink, relative; null where there is none. */
  change: number | null;
}

const VALUE_WIDTH = 104;
const CHANGE_WIDTH = 46;

/**
 * The runs of the session on one axis of time, newest last, each with its duration and how it compares with the one
 * before.
 */
export function runTimeline(host: HTMLElement, context: ViewContext): View {
  const { durations, graph, store, trans, ui } = context;
  const draw = barRows(host, trans.__('Runs of this session'));
  return followWidth(host, (width) => {
    const bars = runBars(context);
    const labelWidth = labelWidthIn(width);
    const from = Math.min(...bars.map((bar) => bar.startMs));
    const to = Math.max(...bars.map((bar) => bar.endMs), from + 1);
    const x = scaleLinear()
      .domain([from, to])
      .range([labelWidth, Math.max(labelWidth + 20, width - VALUE_WIDTH)]);
    const rows = bars.map(({ run, label, startMs, endMs, change }): BarRow => {
      const against = change === null ? '' : `, ${formatChange(change)} ${trans.__('vs. the previous run')}`;
      return {
        id: run.id,
        label,
        bars: [{ kind: 'run', x: x(startMs), width: Math.max(2, x(endMs) - x(startMs)), state: store.stateOf(run) }],
        value: durations.ofRun(run.durationMs, endMs - startMs),
        share: formatChange(change),
        title: `${runName(run, trans)}, ${label}: ${stateName(store.stateOf(run), trans)}${against}`,
        isSelected: false,
        choose: () => ui.select(graph.drawnFor(run.sink)?.id ?? null),
      };
    });
    draw(rows, width, CHANGE_WIDTH);
  });
}

function runBars({ store, trans }: ViewContext): RunBar[] {
  return [...store.runs.values()].slice(-SHOWN).map((run) => {
    const sink = store.processes.get(run.sink);
    const startMs = Date.parse(run.startedAt);
    const open = store.stateOf(run) === 'running' ? store.nowMs() : (store.heardMs ?? startMs);
    const endMs = run.durationMs === null ? Math.max(startMs, open) : startMs + run.durationMs;
    const change = relativeChange({ before: runBefore(run, store)?.durationMs ?? null, now: run.durationMs });
    return { run, label: sink?.label ?? runName(run, trans), startMs, endMs, change };
  });
}
