import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatValue, type Histogram } from 'stemma-document';

/** As large as a word. */
const SMALL = { width: 64, height: 16 };

/** A histogram, the size of a word where no other is said. */
export function histogram({ low, high, counts }: Histogram, { width, height: tall } = SMALL): SVGSVGElement {
  const bar = width / Math.max(1, counts.length);
  const height = scaleLinear()
    .domain([0, Math.max(1, max(counts) ?? 1)])
    .range([0, tall]);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  select(svg)
    .attr('class', 'stemma-Histogram')
    .attr('width', width)
    .attr('height', tall)
    .attr('role', 'img')
    .attr('aria-label', `${formatValue(low)} – ${formatValue(high)}`)
    .selectAll('rect')
    .data(counts)
    .join('rect')
    .attr('x', (_, i) => i * bar)
    // What is rare is still there: at least a line of one pixel.
    .attr('y', (count) => tall - (count > 0 ? Math.max(1, height(count)) : 0))
    .attr('height', (count) => (count > 0 ? Math.max(1, height(count)) : 0))
    .attr('width', Math.max(0.5, bar - 0.5));
  return svg;
}
