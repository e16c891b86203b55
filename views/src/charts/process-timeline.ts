import { scaleLinear } from 'd3-scale';
import { processSpans, type ProcessSpan } from '../graph/process-spans';
import { type Bar, type BarRow, barRows, labelWidthIn } from './bar-rows';
import type { ViewContext } from '../elements/context';
import { setHidden, type View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';
import { stateName } from '../elements/state-names';

const VALUE_WIDTH = 60;

/**
 * The processes of the latest run on its axis of time: how many items passed when, as far as the page saw it, else from
 * the first item that came out to the end.
 */
export function processTimeline(host: HTMLElement, context: ViewContext): View {
  const { durations, graph, store, trans, ui } = context;
  const draw = barRows(host, trans.__('Steps of the latest run'));
  const describe = (span: ProcessSpan): string => {
    const facts = [
      stateName(span.state, trans),
      span.firstMs === null ? '' : trans.__('first item after %1', durations.format(span.firstMs)),
      trans.__('self time %1', durations.format(span.ownMs)),
      span.waitMs > 0 ? trans.__('waited %1', durations.format(span.waitMs)) : '',
    ];
    return `${span.label}: ${facts.filter((fact) => fact !== '').join(', ')}`;
  };
  const drawing = followWidth(host, (width) => {
    const { spans, runMs } = processSpans(graph.nodes, store);
    const labelWidth = labelWidthIn(width);
    const x = scaleLinear()
      .domain([0, Math.max(runMs, 1e-6)])
      .range([labelWidth, Math.max(labelWidth + 20, width - VALUE_WIDTH - 8)]);
    const rows = spans.map((span): BarRow => {
      const begin = x(Math.min(span.firstMs ?? 0, span.endMs));
      return {
        id: span.id,
        label: span.label,
        bars:
          span.heat.length > 0
            ? heatBars(span.heat, labelWidth, x(runMs) - labelWidth)
            : [
                { kind: 'before', x: labelWidth, width: begin - labelWidth },
                { kind: 'run', x: begin, width: Math.max(2, x(span.endMs) - begin), state: span.state },
              ],
        share: span.firstMs === null ? '–' : durations.format(span.firstMs),
        title: describe(span),
        isSelected: span.id === ui.selected,
        choose: () => ui.select(span.id),
      };
    });
    draw(rows, width, 0);
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

/** A strip that is the darker, the more items passed. */
function heatBars(heat: readonly number[], from: number, width: number): Bar[] {
  const part = width / heat.length;
  return [
    { kind: 'before', x: from, width },
    ...heat.map((share, i): Bar => ({ kind: 'heat', x: from + i * part, width: part + 0.3, share })),
  ];
}
