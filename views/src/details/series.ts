import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { area, line } from 'd3-shape';
import { formatValue } from 'stemma-document';

const WIDTH = 220;
const HEIGHT = 40;
/** Few cells are drawn larger. */
const CELL = { large: 9, small: 5 };
const MANY = 16;
/** As many shades as can be distinguished; each is one path, however many cells have it. */
const SHADES = 16;

type Numbers = readonly (number | null)[];

/**
 * Draws a row of numbers as a line, or as a band where `high` and `low` are the maxima and minima of stretches; missing
 * values leave a gap.
 */
export function sparkline(low: Numbers, high: Numbers = low): SVGSVGElement {
  const [least = 0, greatest = 1] = extent([...low, ...high], (value) => value ?? undefined);
  const svg = picture(WIDTH, HEIGHT, least, greatest);
  svg.setAttribute('class', 'stemma-Sparkline');
  svg.setAttribute('preserveAspectRatio', 'none');
  const x = scaleLinear()
    .domain([0, Math.max(1, low.length - 1)])
    .range([1, WIDTH - 1]);
  const y = scaleLinear()
    .domain(least === greatest ? [least - 1, greatest + 1] : [least, greatest])
    .range([HEIGHT - 2, 2]);
  const isThere = (_: unknown, i: number): boolean => typeof low[i] === 'number';
  const across = (_: unknown, i: number): number => x(i);
  if (high !== low) {
    const band = area<number | null>()
      .defined(isThere)
      .x(across)
      .y0((value) => y(value ?? 0))
      .y1((_, i) => y(high[i] ?? 0));
    select(svg)
      .append('path')
      .attr('class', 'stemma-mod-filled')
      .attr('d', band([...low]));
  }
  const along = (values: Numbers): string | null =>
    line<number | null>()
      .defined(isThere)
      .x(across)
      .y((value) => y(value ?? 0))([...values]);
  (high === low ? [low] : [low, high]).forEach((values) => select(svg).append('path').attr('d', along(values)));
  return svg;
}

/**
 * Draws numbers as a heat map with `columns` cells per row; missing values stay empty. `range`: what the minimum and
 * the maximum stand for.
 */
export function heatMap(values: Numbers, columns: number, range?: readonly [number, number]): SVGSVGElement {
  const rows = Math.ceil(values.length / columns);
  const [low = 0, high = 0] = extent(values, (value) => value ?? undefined);
  const svg = picture(columns, rows, ...(range ?? [low, high]));
  const cell = Math.max(columns, rows) > MANY ? CELL.small : CELL.large;
  svg.setAttribute('class', 'stemma-HeatMap');
  svg.setAttribute('width', String(columns * cell));
  svg.setAttribute('height', String(rows * cell));
  const paths = new Map<number, string>();
  values.forEach((value, i) => {
    if (value !== null) {
      const shade = high > low ? Math.round(((value - low) / (high - low)) * SHADES) : 0;
      const square = `M${i % columns} ${Math.floor(i / columns)}h.9v.9h-.9z`;
      paths.set(shade, (paths.get(shade) ?? '') + square);
    }
  });
  for (const [shade, path] of paths) {
    select(svg)
      .append('path')
      .attr('d', path)
      .attr('opacity', 0.06 + (0.94 * shade) / SHADES);
  }
  return svg;
}

function picture(width: number, height: number, low: number, high: number): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('role', 'img');
  const text = `${formatValue(low)} … ${formatValue(high)}`;
  svg.setAttribute('aria-label', text);
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = text;
  svg.append(title);
  return svg;
}
