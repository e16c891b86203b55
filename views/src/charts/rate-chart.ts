import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { area, curveMonotoneX, line } from 'd3-shape';
import { formatRate } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { setHidden, type View } from '../elements/dom';
import { followWidth } from '../elements/follow-width';

const HEIGHT = 44;
const VALUE_WIDTH = 62;
/** Fewer points do not make a line. */
const LEAST = 3;

/** Items a second over the time that the page saw of the run. Hidden while there is nothing to draw. */
export function rateChart(host: HTMLElement, context: ViewContext, process: string): View {
  const { durations, store, trans } = context;
  const svg = select(host).append('svg').attr('class', 'stemma-RateChart').attr('role', 'img');
  const fill = svg.append('path').attr('class', 'stemma-RateChart-fill');
  const stroke = svg.append('path').attr('class', 'stemma-RateChart-line');
  const most = svg.append('text').attr('y', 8);
  const span = svg.append('text').attr('y', HEIGHT - 4);
  const drawing = followWidth(host, (width) => {
    const rates = store.throughput.rates(process);
    const [first, last] = [rates[0], rates[rates.length - 1]];
    if (!first || !last) {
      return;
    }
    const highest = max(rates, (rate) => rate.perSecond) ?? 0;
    const x = scaleLinear()
      .domain([first.atMs, last.atMs])
      .range([0, Math.max(20, width - VALUE_WIDTH)]);
    const y = scaleLinear()
      .domain([0, Math.max(highest, 1e-9)])
      .range([HEIGHT - 1, 2]);
    svg.attr('width', width).attr('height', HEIGHT);
    const shape = {
      x: (rate: { atMs: number }) => x(rate.atMs),
      y: (rate: { perSecond: number }) => y(rate.perSecond),
    };
    fill.attr('d', area<(typeof rates)[number]>().x(shape.x).y0(HEIGHT).y1(shape.y).curve(curveMonotoneX)(rates));
    stroke.attr('d', line<(typeof rates)[number]>().x(shape.x).y(shape.y).curve(curveMonotoneX)(rates));
    most.attr('x', width - 2).text(formatRate(highest));
    span.attr('x', width - 2).text(durations.elapsed(last.atMs - first.atMs));
    svg.attr('aria-label', trans.__('Items per second, up to %1', formatRate(highest)));
  });
  return {
    update: () => {
      // What is hidden has no width to draw in.
      setHidden(host.parentElement, store.throughput.rates(process).length < LEAST);
      drawing.update();
    },
    dispose: drawing.dispose,
  };
}
