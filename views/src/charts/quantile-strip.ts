import { max } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { select } from 'd3-selection';
import { BUCKET_GROWTH, type TimeStatistics } from 'stemma-document';
import { distribution, type TimeSpan } from '../model/distribution';
import type { ViewContext } from '../elements/context';
import { setHidden, type View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';

const HEIGHT = 34;
const LINE = 14;
/** Below this width four texts do not stand side by side. */
const NARROW = 360;
const MARGIN = 24;
/** Of the distribution: its height, and the least width of a bar. */
const BARS = 28;
const LEAST_BAR = 4;

/**
 * The times per item on one logarithmic axis: their distribution where it is known, the median, p95, p99 and the
 * slowest.
 */
export function quantileStrip(host: HTMLElement, context: ViewContext, timesOf: () => TimeStatistics | null): View {
  const { durations, trans } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-Quantiles').attr('role', 'img');
  const bars = svg.append('g').attr('class', 'stemma-Quantiles-bars');
  const axis = svg.append('g');
  const half = axis.append('rect').attr('class', 'stemma-Quantiles-half').attr('y', 4).attr('height', 8).attr('rx', 2);
  const most = axis.append('rect').attr('class', 'stemma-Quantiles-most').attr('y', 6).attr('height', 4);
  const drawing = followWidth(host, (width) => {
    const times = timesOf();
    if (!times || times.maxMs <= 0) {
      return;
    }
    const shortest = distribution(times)[0]?.fromMs ?? Math.min(times.p50Ms, times.meanMs) / 2;
    const low = Math.max(1e-7, Math.min(shortest, times.maxMs / 2));
    const x = scaleLog()
      .domain([low, times.maxMs])
      .range([0, width - MARGIN])
      .clamp(true);
    const columns = width < NARROW ? 2 : 4;
    const spans = distribution(times, Math.ceil(LEAST_BAR / (x(low * BUCKET_GROWTH) - x(low))));
    const top = spans.length > 0 ? BARS : 0;
    svg.attr('width', width).attr('height', top + HEIGHT + LINE * (4 / columns - 1));
    axis.attr('transform', `translate(0 ${top})`);
    // What is rare is still there: at least a line of one pixel.
    const tall = scaleLinear()
      .domain([0, max(spans, ({ items }) => items) ?? 1])
      .range([1, BARS]);
    bars
      .selectAll<SVGRectElement, TimeSpan>('rect')
      .data(spans)
      .join('rect')
      .attr('x', ({ fromMs }) => x(fromMs))
      .attr('width', ({ fromMs, toMs }) => Math.max(1, x(toMs) - x(fromMs) - 1))
      .attr('y', ({ items }) => BARS - tall(items))
      .attr('height', ({ items }) => tall(items));
    half.attr('width', Math.max(2, x(times.p50Ms)));
    most.attr('x', x(times.p50Ms)).attr('width', Math.max(0, x(times.p95Ms) - x(times.p50Ms)));
    const marks = [
      { name: trans.__('median'), ms: times.p50Ms },
      { name: 'p95', ms: times.p95Ms },
      { name: 'p99', ms: times.p99Ms },
      { name: trans.__('max'), ms: times.maxMs },
    ];
    axis
      .selectAll<SVGLineElement, (typeof marks)[number]>('line')
      .data(marks)
      .join('line')
      .attr('x1', (mark) => x(mark.ms))
      .attr('x2', (mark) => x(mark.ms))
      .attr('y1', 2)
      .attr('y2', 14)
      .selectAll('title')
      .data((mark) => [mark])
      .join('title')
      .text((mark) => `${mark.name}: ${durations.format(mark.ms)}`);
    // Texts stand in columns of their own: marks that lie close together would cover each other's.
    axis
      .selectAll<SVGTextElement, (typeof marks)[number]>('text')
      .data(marks)
      .join('text')
      .attr('x', (_, i) => (i % columns) * (width / columns))
      .attr('y', (_, i) => HEIGHT - 5 + LINE * Math.floor(i / columns))
      .text((mark) => `${mark.name} ${durations.format(mark.ms)}`);
    svg.attr('aria-label', marks.map((mark) => `${mark.name} ${durations.format(mark.ms)}`).join(', '));
  });
  return {
    update: () => {
      // What is hidden has no width to draw in.
      setHidden(host.parentElement, (timesOf()?.maxMs ?? 0) <= 0);
      drawing.update();
    },
    dispose: drawing.dispose,
  };
}
