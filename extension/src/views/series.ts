import { extent } from 'd3-array';
import { scaleLinear, scaleSequential } from 'd3-scale';
import { select } from 'd3-selection';
import { line } from 'd3-shape';
import { formatValue } from '../format/number';

const WIDTH = 220;
const HEIGHT = 40;
const CELL = 9;

/** Numbers in a row as a line: the beginning of a recording, or of any long vector. */
export function sparkline(values: readonly number[]): SVGSVGElement {
  const svg = picture(WIDTH, HEIGHT, values);
  const [low = 0, high = 1] = extent(values);
  const x = scaleLinear()
    .domain([0, Math.max(1, values.length - 1)])
    .range([1, WIDTH - 1]);
  const y = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .range([HEIGHT - 2, 2]);
  select(svg)
    .attr('class', 'stemma-Sparkline')
    .append('path')
    .attr(
      'd',
      line<number>()
        .x((_, i) => x(i))
        .y(y)(values),
    );
  return svg;
}

/** Numbers in rows of so many as squares, the darker the larger. */
export function heatMap(values: readonly number[], columns: number): SVGSVGElement {
  const rows = Math.ceil(values.length / columns);
  const svg = picture(columns * CELL, rows * CELL, values);
  const [low = 0, high = 1] = extent(values);
  const share = scaleSequential<number>([low, low === high ? low + 1 : high], (t) => 0.06 + 0.94 * t);
  select(svg)
    .attr('class', 'stemma-HeatMap')
    .selectAll('rect')
    .data(values)
    .join('rect')
    .attr('x', (_, i) => (i % columns) * CELL)
    .attr('y', (_, i) => Math.floor(i / columns) * CELL)
    .attr('width', CELL - 1)
    .attr('height', CELL - 1)
    .attr('opacity', (value) => share(value))
    .append('title')
    .text((value) => formatValue(value));
  return svg;
}

function picture(width: number, height: number, values: readonly number[]): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const [low = 0, high = 0] = extent(values);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${values.length}: ${formatValue(low)} … ${formatValue(high)}`);
  return svg;
}
