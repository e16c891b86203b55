import { scaleLinear } from 'd3-scale';
import { formatShare } from 'stemma-document';
import { timeBars } from '../graph/times';
import { type BarRow, barRows, labelWidthIn } from './bar-rows';
import type { ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';

const VALUE_WIDTH = 96;
const SHARE_WIDTH = 44;

/**
 * Bars of the time that each process was busy, in the order of the pipeline, and, where asked for, of its waiting. A
 * click selects the process.
 */
export function timeChart(host: HTMLElement, context: ViewContext, { waits = false } = {}): View {
  const { durations, graph, store, trans, ui } = context;
  const draw = barRows(host, trans.__('Time busy per step'));
  return followWidth(host, (width) => {
    const times = timeBars(graph.nodes, store);
    const labelWidth = labelWidthIn(width);
    const scale = scaleLinear()
      .domain([0, Math.max(1e-9, ...times.map((time) => time.busyMs + (waits ? time.waitMs : 0)))])
      .range([0, Math.max(20, width - labelWidth - VALUE_WIDTH - 8)]);
    const rows = times.map((time): BarRow => {
      const calls =
        time.busyMs > time.totalMs * 1.01
          ? `, ${trans.__('self time %1, else awaiting results', durations.format(time.totalMs))}`
          : '';
      const wait = time.waitMs > 0 ? `, ${trans.__('waited %1', durations.format(time.waitMs))}` : '';
      return {
        id: time.id,
        label: time.label,
        bars: [
          { kind: 'total', x: labelWidth, width: Math.max(1.5, scale(time.busyMs)) },
          ...(waits ? [{ kind: 'wait' as const, x: labelWidth + scale(time.busyMs), width: scale(time.waitMs) }] : []),
        ],
        value: durations.format(time.busyMs),
        share: time.share === null ? '' : formatShare(time.share),
        title: `${time.label}: ${durations.format(time.meanMs)} ${trans.__('per item')}${calls}${wait}`,
        isSelected: time.id === ui.selected,
        choose: () => ui.select(time.id),
      };
    });
    draw(rows, width, SHARE_WIDTH);
  });
}
