import { type KnownState, printDuration, svgText } from 'stemma-document';
import { lanesOf, type Link } from './lanes';
import type { Row } from './rows';

const ROW = 24;
const LANE = 18;
const TOP = 34;
/** As wide as the pages of nbconvert; narrower ones scale it down. */
const WIDTH = 920;
const COLUMNS = { items: 430, time: 500, schema: 516 };

const COLORS: { readonly [state in KnownState]: string } = {
  new: '#6b7280',
  running: '#1565c0',
  complete: '#2e7d32',
  stopped: '#6b7280',
  failed: '#c62828',
  aborted: '#b26a00',
};

/** A shape for each state, in a box of 12, so that colour is not needed to tell them apart. */
const SHAPES: { readonly [state in KnownState]: string } = {
  new: '<circle cx="6" cy="6" r="3.6" fill="#fff"/>',
  running: '<path d="M3.2 2v8l7-4z" fill="currentColor"/>',
  complete: '<path d="M2 6.4l2.7 2.7 5.2-6" fill="none"/>',
  failed: '<path d="M2.8 2.8l6.4 6.4M9.2 2.8l-6.4 6.4" fill="none"/>',
  stopped: '<path d="M4 2.6v6.8M8 2.6v6.8" fill="none"/>',
  aborted: '<path d="M3 3h6v6h-6z" fill="currentColor"/>',
};

/**
 * A picture of the rows: the graph at the left, labels and figures beside it. A card of its own light colours, for it
 * cannot know the theme of the page that shows it. Everything from data is escaped and cut to the space that it has.
 * The panel's own picture (`graph/svg.ts` of the views) has a placed graph and a theme, which nothing here knows.
 */
export function rowsToSvg(rows: readonly Row[], title: string): string {
  const { lanes, links, width } = lanesOf(rows);
  const textX = 20 + width * LANE;
  const height = TOP + rows.length * ROW + 10;
  const body = rows.map((row, at) => rowSvg(row, { x: laneX(lanes[at]!), y: rowY(at), textX }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12" fill="#1f2937">`,
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6" fill="#fff" stroke="#d7dbe0"/>`,
    `<text x="14" y="21" font-weight="600">${svgText(title, COLUMNS.items - 90)}</text>`,
    `<g font-size="11" fill="#6b7280"><text x="${COLUMNS.items}" y="21" text-anchor="end">items</text><text x="${COLUMNS.time}" y="21" text-anchor="end">self time</text><text x="${COLUMNS.schema}" y="21">schema</text></g>`,
    `<g fill="none" stroke="#9aa3ad" stroke-width="1.3">${links.map((link) => linkSvg(link, lanes)).join('')}</g>`,
    ...body,
    '</svg>',
  ].join('');
}

function rowSvg(row: Row, { x, y, textX }: { x: number; y: number; textX: number }): string {
  const color = COLORS[row.state];
  const count = row.count > 1 ? `<tspan fill="#6b7280"> ×${row.count}</tspan>` : '';
  const labelWidth = COLUMNS.items - 60 - textX - (row.count > 1 ? 30 : 0);
  const items = row.items === null || row.items === 0 ? '–' : row.items.toLocaleString('en-US');
  return [
    `<g transform="translate(${x - 6},${y - 6})"><circle cx="6" cy="6" r="8" fill="#fff"/><g color="${color}" stroke="${color}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${SHAPES[row.state]}</g></g>`,
    `<text x="${textX}" y="${y + 4}">${svgText(row.label, labelWidth)}${count}</text>`,
    `<text x="${COLUMNS.items}" y="${y + 4}" text-anchor="end">${items}</text>`,
    `<text x="${COLUMNS.time}" y="${y + 4}" text-anchor="end">${row.ownMs > 0 ? printDuration(row.ownMs) : '–'}</text>`,
    `<text x="${COLUMNS.schema}" y="${y + 4}" fill="#6b7280">${svgText(row.schemaText ?? '', WIDTH - COLUMNS.schema - 12)}</text>`,
  ].join('');
}

function linkSvg({ from, to, lane, uses }: Link, lanes: readonly number[]): string {
  const [x, endX, endY] = [laneX(lane), laneX(lanes[to]!), rowY(to)];
  const turn = endY - ROW;
  const path =
    x === endX
      ? `M${x} ${rowY(from)}V${endY}`
      : `M${x} ${rowY(from)}V${turn}C${x} ${turn + ROW * 0.7} ${endX} ${endY - ROW * 0.7} ${endX} ${endY}`;
  return `<path d="${path}"${uses ? ' stroke-dasharray="4 3"' : ''}/>`;
}

const laneX = (lane: number): number => 20 + lane * LANE;
const rowY = (row: number): number => TOP + row * ROW + ROW / 2;
