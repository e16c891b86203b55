import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { pointer, select } from 'd3-selection';
import { line } from 'd3-shape';
import { formatValue, type MetricSeries } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';

type Point = MetricSeries['points'][number];
type Finite = [at: number, value: number];

/** A curve: one figure in one run. */
export interface MetricLine {
  /** What a person knows the run by. */
  run: string;
  points: readonly Point[];
}

const HEIGHT = 72;
/** For the figures on the axis of values. */
const LEFT = 52;
const [TOP, BOTTOM] = [6, 14];

const isFinite = (point: Point): point is Finite => point[1] !== null;

/**
 * Curves of one figure over the course of a step, the latest run's on top, those of earlier ones faint. What is under
 * the pointer is said in the title.
 */
export function metricChart(host: HTMLElement, { trans }: ViewContext, linesOf: () => readonly MetricLine[]): View {
  const svg = select(host).append('svg').attr('class', 'stemma-MetricChart').attr('role', 'img');
  const curves = svg.append('g');
  const texts = svg.append('g');
  const dot = svg.append('circle').attr('r', 3);
  const title = svg.append('title');
  return followWidth(host, (width) => {
    const lines = linesOf();
    const points = lines.flatMap((one) => one.points.filter(isFinite));
    const [from = 0, to = 1] = extent(points, ([at]) => at) as [number?, number?];
    const [low = 0, high = 1] = extent(points, ([, value]) => value) as [number?, number?];
    const x = scaleLinear()
      .domain([from, to === from ? from + 1 : to])
      .range([LEFT, Math.max(LEFT + 20, width - 6)]);
    const y = scaleLinear()
      .domain(high === low ? [low - 1, low + 1] : [low, high])
      .range([HEIGHT - BOTTOM, TOP]);
    const path = line<Point>()
      .defined(isFinite)
      .x(([at]) => x(at))
      .y(([, value]) => y(value ?? 0));
    svg.attr('width', width).attr('height', HEIGHT);
    curves
      .selectAll<SVGPathElement, MetricLine>('path')
      .data(lines)
      .join('path')
      .attr('class', (_, i) => (i === lines.length - 1 ? 'stemma-mod-latest' : ''))
      .attr('d', ({ points: drawn }) => path(drawn));
    texts
      .selectAll<SVGTextElement, AxisText>('text')
      .data<AxisText>([
        { text: formatValue(high), x: LEFT - 6, y: TOP + 4, anchor: 'end' },
        { text: formatValue(low), x: LEFT - 6, y: HEIGHT - BOTTOM, anchor: 'end' },
        { text: formatValue(from), x: LEFT, y: HEIGHT - 2, anchor: 'start' },
        { text: formatValue(to), x: x.range()[1]!, y: HEIGHT - 2, anchor: 'end' },
      ])
      .join('text')
      .attr('x', (one) => one.x)
      .attr('y', (one) => one.y)
      .attr('text-anchor', (one) => one.anchor)
      .text((one) => one.text);
    const latest = lines.at(-1);
    const last = latest?.points.filter(isFinite).at(-1);
    const point = (near: Finite | undefined, run: string): void => {
      dot.attr('visibility', near === undefined ? 'hidden' : null);
      if (near === undefined) return;
      dot.attr('cx', x(near[0])).attr('cy', y(near[1]));
      title.text(trans.__('%1 at %2 (%3)', formatValue(near[1]), formatValue(near[0]), run));
    };
    point(last, latest?.run ?? '');
    svg
      .attr('aria-label', last === undefined ? '' : trans.__('Curve; latest value %1', formatValue(last[1])))
      .on('pointermove', (event: PointerEvent) => {
        const at = pointer(event);
        const found = nearest(lines, ([a, value]) => Math.hypot(x(a) - at[0], y(value) - at[1]));
        point(found?.point, found?.run ?? '');
      })
      .on('pointerleave', () => point(last, latest?.run ?? ''));
  });
}

interface AxisText {
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/** The point of all lines that is nearest. */
function nearest(
  lines: readonly MetricLine[],
  distance: (point: Finite) => number,
): { point: Finite; run: string } | null {
  let best: { point: Finite; run: string } | null = null;
  let least = Infinity;
  for (const { points, run } of lines) {
    for (const point of points.filter(isFinite)) {
      const away = distance(point);
      if (away < least) [best, least] = [{ point, run }, away];
    }
  }
  return best;
}
