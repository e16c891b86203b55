import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatDuration } from '../format/duration';
import { formatShare } from '../format/number';
import { timeBars, type TimeBar } from '../model/times';
import { clip } from './clip';
import type { ViewContext } from './context';
import type { View } from './dom';
import { followWidth } from './follow-width';
import { rowKeys } from './row-keys';

const ROW = 20;

/** Bars of the own time of each process, in the order of the pipeline, and, where asked for, of its waiting. A click selects the process. */
export function timeChart(host: HTMLElement, context: ViewContext, { waits = false } = {}): View {
  const { graph, store, trans, ui } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-TimeChart').attr('role', 'group');
  return followWidth(host, (width) => {
    const bars = timeBars(graph.nodes, store);
    const labelWidth = Math.min(120, width * 0.34);
    const valueWidth = 96;
    const scale = scaleLinear()
      .domain([0, Math.max(1e-9, ...bars.map((bar) => bar.totalMs + (waits ? bar.waitMs : 0)))])
      .range([0, Math.max(20, width - labelWidth - valueWidth - 8)]);
    svg
      .attr('width', width)
      .attr('height', Math.max(ROW, bars.length * ROW))
      .attr('aria-label', trans.__('Own time of each process'));
    const rows = svg
      .selectAll<SVGGElement, TimeBar>('g')
      .data(bars, (bar) => bar.id)
      .join((enter) => {
        const row = enter.append('g').attr('class', 'stemma-TimeChart-row');
        row.append('rect').attr('class', 'stemma-TimeChart-hit').attr('height', ROW);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-label')
          .attr('y', ROW / 2);
        row
          .append('rect')
          .attr('class', 'stemma-TimeChart-bar')
          .attr('y', 5)
          .attr('height', ROW - 10)
          .attr('rx', 2);
        row
          .append('rect')
          .attr('class', 'stemma-TimeChart-wait')
          .attr('y', 7)
          .attr('height', ROW - 14);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-value')
          .attr('y', ROW / 2);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-share')
          .attr('y', ROW / 2);
        row.append('title');
        row.on('click', (_, bar) => ui.select(bar.id));
        return row;
      })
      .attr('transform', (_, i) => `translate(0,${i * ROW})`)
      .classed('stemma-mod-selected', (bar) => bar.id === ui.selected);
    rows.select('.stemma-TimeChart-hit').attr('width', width);
    rows.select('.stemma-TimeChart-label').text((bar) => clip(bar.label, labelWidth - 14));
    rows
      .select('.stemma-TimeChart-bar')
      .attr('x', labelWidth)
      .attr('width', (bar) => Math.max(1.5, scale(bar.totalMs)));
    rows
      .select('.stemma-TimeChart-wait')
      .attr('x', (bar) => labelWidth + scale(bar.totalMs))
      .attr('width', (bar) => (waits ? scale(bar.waitMs) : 0));
    rows
      .select('.stemma-TimeChart-value')
      .attr('x', width - 44)
      .text((bar) => formatDuration(bar.totalMs));
    rows
      .select('.stemma-TimeChart-share')
      .attr('x', width - 2)
      .text((bar) => formatShare(bar.share));
    const titles = bars.map((bar) => {
      const wait = bar.waitMs > 0 ? `, ${trans.__('waited %1', formatDuration(bar.waitMs))}` : '';
      return `${bar.label}: ${formatDuration(bar.meanMs)} ${trans.__('per item')}${wait}`;
    });
    rows.select('title').text((_, i) => titles[i] ?? '');
    rowKeys(rows.nodes(), titles);
  });
}
