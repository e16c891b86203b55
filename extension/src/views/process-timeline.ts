import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatDuration } from '../format/duration';
import { processSpans, type ProcessSpan } from '../model/process-spans';
import { clip } from './clip';
import type { ViewContext } from './context';
import { setHidden, type View } from './dom';
import { followWidth } from './follow-width';
import { stateName } from './state-names';

const ROW = 20;
const VALUE_WIDTH = 60;

/** The processes of the latest run on its axis of time: from the start of the run to the end of each, with a mark where its first item came out. */
export function processTimeline(host: HTMLElement, context: ViewContext): View {
  const { graph, store, trans, ui } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-TimeChart').attr('role', 'img');
  svg.attr('aria-label', trans.__('Processes of the latest run'));
  const drawing = followWidth(host, (width) => {
    const { spans, runMs } = processSpans(graph.nodes, store);
    const labelWidth = Math.min(120, width * 0.34);
    const x = scaleLinear()
      .domain([0, Math.max(runMs, 1e-6)])
      .range([labelWidth, Math.max(labelWidth + 20, width - VALUE_WIDTH - 8)]);
    svg.attr('width', width).attr('height', Math.max(ROW, spans.length * ROW));
    const rows = svg
      .selectAll<SVGGElement, ProcessSpan>('g')
      .data(spans, (span) => span.id)
      .join((enter) => {
        const row = enter.append('g').attr('class', 'stemma-TimeChart-row');
        row.append('rect').attr('class', 'stemma-TimeChart-hit').attr('height', ROW);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-label')
          .attr('y', ROW / 2);
        row
          .append('rect')
          .attr('class', 'stemma-Span-before')
          .attr('y', ROW / 2 - 0.5)
          .attr('height', 1);
        row
          .append('rect')
          .attr('class', 'stemma-RunBar')
          .attr('y', 6)
          .attr('height', ROW - 12)
          .attr('rx', 2);
        row
          .append('text')
          .attr('class', 'stemma-TimeChart-share')
          .attr('y', ROW / 2);
        row.append('title');
        row.on('click', (_, span) => ui.select(span.id));
        return row;
      })
      .attr('transform', (_, i) => `translate(0,${i * ROW})`)
      .classed('stemma-mod-selected', (span) => span.id === ui.selected);
    const begin = (span: ProcessSpan): number => x(Math.min(span.firstMs ?? 0, span.endMs));
    rows.select('.stemma-TimeChart-hit').attr('width', width);
    rows.select('.stemma-TimeChart-label').text((span) => clip(span.label, labelWidth - 14));
    rows
      .select('.stemma-Span-before')
      .attr('x', labelWidth)
      .attr('width', (span) => begin(span) - labelWidth);
    rows
      .select('.stemma-RunBar')
      .attr('data-state', (span) => span.state)
      .attr('x', begin)
      .attr('width', (span) => Math.max(2, x(span.endMs) - begin(span)));
    rows
      .select('.stemma-TimeChart-share')
      .attr('x', width - 2)
      .text((span) => (span.firstMs === null ? '–' : formatDuration(span.firstMs)));
    rows.select('title').text((span) => {
      const facts = [
        stateName(span.state, trans),
        span.firstMs === null ? '' : trans.__('first item after %1', formatDuration(span.firstMs)),
        trans.__('own time %1', formatDuration(span.ownMs)),
        span.waitMs > 0 ? trans.__('waited %1', formatDuration(span.waitMs)) : '',
      ];
      return `${span.label}: ${facts.filter((fact) => fact !== '').join(', ')}`;
    });
  });
  return {
    update: () => {
      // What is hidden has no width to draw in.
      setHidden(host.parentElement, processSpans(graph.nodes, store).spans.length === 0);
      drawing.update();
    },
    dispose: drawing.dispose,
  };
}
