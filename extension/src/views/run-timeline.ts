import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatRunTime } from '../format/duration';
import { formatChange } from '../format/number';
import { relativeChange, runBefore } from '../model/comparison';
import type { ProvenanceStore } from '../model/store';
import type { Run } from '../model/types';
import { clip } from './clip';
import type { ViewContext } from './context';
import type { View } from './dom';
import { followWidth } from './follow-width';
import { rowKeys } from './row-keys';
import { stateName } from './state-names';

const ROW = 20;
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

/** The runs of the session on one axis of time, newest last, each with its duration and how it compares with the one before. */
export function runTimeline(host: HTMLElement, context: ViewContext): View {
  const { store, trans, ui, graph } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-TimeChart').attr('role', 'group');
  svg.attr('aria-label', trans.__('Runs of this session'));
  return followWidth(host, (width) => {
    const bars = runBars(store);
    const labelWidth = Math.min(120, width * 0.34);
    const valueWidth = 104;
    const from = Math.min(...bars.map((bar) => bar.startMs));
    const to = Math.max(...bars.map((bar) => bar.endMs), from + 1);
    const scale = scaleLinear()
      .domain([from, to])
      .range([labelWidth, Math.max(labelWidth + 20, width - valueWidth)]);
    svg.attr('width', width).attr('height', Math.max(ROW, bars.length * ROW));
    const rows = svg
      .selectAll<SVGGElement, RunBar>('g')
      .data(bars, (bar) => bar.run.id)
      .join((enter) => {
        const row = enter.append('g').attr('class', 'stemma-TimeChart-row');
        row.append('rect').attr('class', 'stemma-TimeChart-hit').attr('height', ROW);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-label')
          .attr('y', ROW / 2);
        row
          .append('rect')
          .attr('class', 'stemma-RunBar')
          .attr('y', 6)
          .attr('height', ROW - 12)
          .attr('rx', 2);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-value')
          .attr('y', ROW / 2);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-share')
          .attr('y', ROW / 2);
        row.append('title');
        row.on('click', (_, bar) => ui.select(graph.drawnFor(bar.run.sink)?.id ?? null));
        return row;
      })
      .attr('transform', (_, i) => `translate(0,${i * ROW})`);
    rows.select('.stemma-TimeChart-hit').attr('width', width);
    rows.select('.stemma-TimeChart-label').text((bar) => clip(bar.label, labelWidth - 8));
    rows
      .select('.stemma-RunBar')
      .attr('data-state', (bar) => bar.run.state)
      .attr('x', (bar) => scale(bar.startMs))
      .attr('width', (bar) => Math.max(2, scale(bar.endMs) - scale(bar.startMs)));
    rows
      .select('.stemma-TimeChart-value')
      .attr('x', width - 46)
      .text((bar) => formatRunTime(bar.run.durationMs, bar.endMs - bar.startMs));
    rows
      .select('.stemma-TimeChart-share')
      .attr('x', width - 2)
      .text((bar) => formatChange(bar.change));
    const titles = bars.map(
      (bar) =>
        `${bar.label}: ${stateName(bar.run.state, trans)}${bar.change === null ? '' : `, ${formatChange(bar.change)} ${trans.__('against the run before')}`}`,
    );
    rows.select('title').text((_, i) => titles[i] ?? '');
    rowKeys(rows.nodes(), titles);
  });
}

function runBars(store: ProvenanceStore): RunBar[] {
  return [...store.runs.values()].slice(-SHOWN).map((run) => {
    const sink = store.processes.get(run.sink);
    const startMs = Date.parse(run.startedAt);
    const open = run.state === 'running' && !store.isStale ? store.nowMs() : (store.heardMs ?? startMs);
    const endMs = run.durationMs === null ? Math.max(startMs, open) : startMs + run.durationMs;
    const change = relativeChange({ before: runBefore(run, store)?.durationMs ?? null, now: run.durationMs });
    return { run, label: sink?.label ?? run.sink, startMs, endMs, change };
  });
}
