import { select } from 'd3-selection';
import type { State } from 'stemma-document';
import { clip } from './clip';
import { rowKeys } from './row-keys';

const ROW = 20;
/** How each kind of bar lies in its row. */
const KINDS = {
  total: { className: 'stemma-TimeChart-bar', y: 5, height: ROW - 10, radius: 2 },
  wait: { className: 'stemma-TimeChart-wait', y: 7, height: ROW - 14, radius: 0 },
  run: { className: 'stemma-RunBar', y: 6, height: ROW - 12, radius: 2 },
  heat: { className: 'stemma-Heat', y: 4, height: ROW - 8, radius: 0 },
  before: { className: 'stemma-Span-before', y: ROW / 2 - 0.5, height: 1, radius: 0 },
};

/** Pixels of the drawing. */
export interface Bar {
  kind: keyof typeof KINDS;
  x: number;
  width: number;
  state?: State;
  /** How dark it is, from 0 to 1; as dark as its kind where it is left out. */
  share?: number;
}

export interface BarRow {
  id: string;
  label: string;
  bars: readonly Bar[];
  /** Two columns of text at the right, the first only where it fits. */
  value?: string;
  share: string;
  /** What a tooltip says, and a screen reader. */
  title: string;
  isSelected: boolean;
  /** On a click, and on Enter. */
  choose(): void;
}

/** Where the labels of a chart of this width end and its bars begin. */
export const labelWidthIn = (width: number): number => Math.min(120, width * 0.34);

/**
 * A chart of named bars, one below the other. Returns a function that draws or redraws it; `shareWidth` is the width of
 * the last column, 0 where it is the only one.
 */
export function barRows(
  host: HTMLElement,
  name: string,
): (rows: readonly BarRow[], width: number, shareWidth: number) => void {
  const svg = select(host).append('svg').attr('class', 'stemma-TimeChart').attr('role', 'group');
  svg.attr('aria-label', name);
  return (rows, width, shareWidth) => {
    svg.attr('width', width).attr('height', Math.max(ROW, rows.length * ROW));
    const groups = svg
      .selectAll<SVGGElement, BarRow>('g')
      .data(rows, (row) => row.id)
      .join((enter) => {
        const group = enter.append('g').attr('class', 'stemma-TimeChart-row');
        group.append('rect').attr('class', 'stemma-TimeChart-hit').attr('height', ROW);
        for (const part of shareWidth === 0 ? ['label', 'share'] : ['label', 'value', 'share']) {
          group
            .append('text')
            .attr('class', `stemma-TimeChart-${part}`)
            .attr('y', ROW / 2);
        }
        group.append('title');
        return group;
      })
      .attr('transform', (_, i) => `translate(0,${i * ROW})`)
      .classed('stemma-mod-selected', (row) => row.isSelected)
      .on('click', (_, row) => row.choose());
    groups.select('.stemma-TimeChart-hit').attr('width', width);
    groups.select('.stemma-TimeChart-label').text((row) => clip(row.label, labelWidthIn(width) - 14));
    groups
      .selectAll<SVGRectElement, Bar>('.stemma-mod-bar')
      .data((row) => row.bars)
      .join('rect')
      .attr('class', (bar) => `stemma-mod-bar ${KINDS[bar.kind].className}`)
      .attr('y', (bar) => KINDS[bar.kind].y)
      .attr('height', (bar) => KINDS[bar.kind].height)
      .attr('rx', (bar) => KINDS[bar.kind].radius)
      .attr('data-state', (bar) => bar.state ?? null)
      .attr('opacity', ({ share }) => (share === undefined ? null : share === 0 ? 0 : 0.12 + 0.88 * share))
      .attr('x', (bar) => bar.x)
      .attr('width', (bar) => bar.width);
    groups
      .select('.stemma-TimeChart-value')
      .attr('x', width - shareWidth)
      .text((row) => row.value ?? '');
    groups
      .select('.stemma-TimeChart-share')
      .attr('x', width - 2)
      .text((row) => row.share);
    groups.select('title').text((row) => row.title);
    rowKeys(
      groups.nodes(),
      rows.map((row) => row.title),
    );
  };
}
