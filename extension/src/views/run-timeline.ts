import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatDuration, formatElapsed } from '../format/duration';
import type { ProvenanceStore } from '../model/store';
import type { Run } from '../model/types';
import { clip } from './clip';
import type { ViewContext } from './context';
import type { View } from './dom';
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
  /** Duration relative to the run before of the same cell and sink; null where there is none. */
  change: number | null;
}

/** The runs of the session on one axis of time, newest last, each with its duration and how it compares with the one before. */
export function runTimeline(host: HTMLElement, context: ViewContext): View {
  const { store, trans, ui, graph } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-TimeChart').attr('role', 'group');
  svg.attr('aria-label', trans.__('Runs of this session'));
  return {
    update: () => {
      const width = host.clientWidth;
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
        .text((bar) =>
          bar.run.durationMs === null ? formatElapsed(bar.endMs - bar.startMs) : formatDuration(bar.run.durationMs),
        );
      rows
        .select('.stemma-TimeChart-share')
        .attr('x', width - 2)
        .text((bar) => changeText(bar.change));
      const titles = bars.map(
        (bar) =>
          `${bar.label}: ${stateName(bar.run.state, trans)}${bar.change === null ? '' : `, ${changeText(bar.change)} ${trans.__('against the run before')}`}`,
      );
      rows.select('title').text((_, i) => titles[i] ?? '');
      rowKeys(rows.nodes(), titles);
    },
    dispose: () => svg.remove(),
  };
}

function runBars(store: ProvenanceStore): RunBar[] {
  const last = new Map<string, number>();
  const bars: RunBar[] = [];
  for (const run of store.runs.values()) {
    const sink = store.processes.get(run.sink);
    const startMs = Date.parse(run.startedAt);
    const open = run.state === 'running' && !store.isStale ? store.nowMs() : (store.heardMs ?? startMs);
    const endMs = run.durationMs === null ? Math.max(startMs, open) : startMs + run.durationMs;
    const name = `${sink?.key ?? run.sink}`;
    const before = last.get(name);
    if (run.durationMs !== null && run.state === 'complete') {
      last.set(name, run.durationMs);
    }
    const change = before !== undefined && run.durationMs !== null && before > 0 ? run.durationMs / before - 1 : null;
    bars.push({ run, label: sink?.label ?? run.sink, startMs, endMs, change });
  }
  return bars.slice(-SHOWN);
}

function changeText(change: number | null): string {
  if (change === null) {
    return '';
  }
  const percent = Math.round(change * 100);
  return percent === 0 ? '±0 %' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}
