import { max } from 'd3-array';
import { scaleLinear, scaleLog, type ScaleLogarithmic } from 'd3-scale';
import { select, type Selection } from 'd3-selection';
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
/** Height of the distribution, and minimum width of its bars. */
const BARS = 28;
const LEAST_BAR = 4;

/**
 * The times per item on one logarithmic axis: their distribution where it is known, the median, p95, p99 and the
 * slowest.
 */
export function quantileStrip(host: HTMLElement, context: ViewContext, timesOf: () => TimeStatistics | null): View {
  const strip = new QuantileStrip(host, context);
  const drawing = followWidth(host, (width) => {
    const times = timesOf();
    if (times && times.maxMs > 0) {
      strip.draw(times, width);
    }
  });
  return {
    update: () => {
      // A hidden strip has no width to draw in.
      setHidden(host.parentElement, (timesOf()?.maxMs ?? 0) <= 0);
      drawing.update();
    },
    dispose: drawing.dispose,
  };
}

type Axis = ScaleLogarithmic<number, number>;

class QuantileStrip {
  constructor(
    host: HTMLElement,
    private readonly _context: ViewContext,
  ) {
    this._svg = select(host).append('svg').attr('class', 'stemma-Quantiles').attr('role', 'img');
    this._bars = this._svg.append('g').attr('class', 'stemma-Quantiles-bars');
    this._axis = this._svg.append('g');
    const rect = (name: string) => this._axis.append('rect').attr('class', `stemma-Quantiles-${name}`);
    this._half = rect('half').attr('y', 4).attr('height', 8).attr('rx', 2);
    this._most = rect('most').attr('y', 6).attr('height', 4);
  }

  draw(times: TimeStatistics, width: number): void {
    const shortest = distribution(times)[0]?.fromMs ?? Math.min(times.p50Ms, times.meanMs) / 2;
    const low = Math.max(1e-7, Math.min(shortest, times.maxMs / 2));
    const x = scaleLog()
      .domain([low, times.maxMs])
      .range([0, width - MARGIN])
      .clamp(true);
    const columns = width < NARROW ? 2 : 4;
    const spans = distribution(times, Math.ceil(LEAST_BAR / (x(low * BUCKET_GROWTH) - x(low))));
    const top = spans.length > 0 ? BARS : 0;
    this._svg.attr('width', width).attr('height', top + HEIGHT + LINE * (4 / columns - 1));
    this._axis.attr('transform', `translate(0 ${top})`);
    this._half.attr('width', Math.max(2, x(times.p50Ms)));
    this._most.attr('x', x(times.p50Ms)).attr('width', Math.max(0, x(times.p95Ms) - x(times.p50Ms)));
    this._drawBars(spans, x);
    this._drawMarks(this._marks(times), x, { width, columns });
  }

  private _marks(times: TimeStatistics): Mark[] {
    const { durations, trans } = this._context;
    return [
      { name: trans.__('median'), ms: times.p50Ms },
      { name: 'p95', ms: times.p95Ms },
      { name: 'p99', ms: times.p99Ms },
      { name: trans.__('max'), ms: times.maxMs },
    ].map(({ name, ms }) => ({ name, ms, text: durations.format(ms) }));
  }

  private _drawBars(spans: readonly TimeSpan[], x: Axis): void {
    // Rare times stay visible: a bar is at least one pixel tall.
    const tall = scaleLinear()
      .domain([0, max(spans, ({ items }) => items) ?? 1])
      .range([1, BARS]);
    this._bars
      .selectAll<SVGRectElement, TimeSpan>('rect')
      .data(spans)
      .join('rect')
      .attr('x', ({ fromMs }) => x(fromMs))
      .attr('width', ({ fromMs, toMs }) => Math.max(1, x(toMs) - x(fromMs) - 1))
      .attr('y', ({ items }) => BARS - tall(items))
      .attr('height', ({ items }) => tall(items));
  }

  private _drawMarks(marks: readonly Mark[], x: Axis, { width, columns }: { width: number; columns: number }): void {
    this._axis
      .selectAll<SVGLineElement, Mark>('line')
      .data(marks)
      .join('line')
      .attr('x1', ({ ms }) => x(ms))
      .attr('x2', ({ ms }) => x(ms))
      .attr('y1', 2)
      .attr('y2', 14)
      .selectAll('title')
      .data((mark) => [mark])
      .join('title')
      .text(({ name, text }) => `${name}: ${text}`);
    // Texts stand in fixed columns: at their marks, they would overlap where marks lie close together.
    this._axis
      .selectAll<SVGTextElement, Mark>('text')
      .data(marks)
      .join('text')
      .attr('x', (_, i) => (i % columns) * (width / columns))
      .attr('y', (_, i) => HEIGHT - 5 + LINE * Math.floor(i / columns))
      .text(({ name, text }) => `${name} ${text}`);
    this._svg.attr('aria-label', marks.map(({ name, text }) => `${name} ${text}`).join(', '));
  }

  private readonly _svg: Svg<SVGSVGElement>;
  private readonly _bars: Svg<SVGGElement>;
  private readonly _axis: Svg<SVGGElement>;
  private readonly _half: Svg<SVGRectElement>;
  private readonly _most: Svg<SVGRectElement>;
}

type Svg<E extends SVGElement> = Selection<E, unknown, null, undefined>;

/** A time that is marked on the axis. */
interface Mark {
  name: string;
  ms: number;
  text: string;
}
