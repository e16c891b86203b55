import type { ProvenanceStore } from '../model/store';
import type { Shade } from './heat';
import {
  describeNode,
  escapeXml,
  type DrawnNode,
  knownState,
  type KnownState,
  type NodeFace,
  svgText,
} from 'stemma-document';
import { boundsOf, boxOf, type Box } from './bounds';
import type { IncrementalLayout, Orientation, Place, Route } from './layout';
import { edgeFigures, type EdgeFigures } from './edge-figures';
import { BOX, boxText, fitLabel, FONT } from './node-box';
import { cutToWidth, textWidth } from './text-width';

/** The colours of a picture. */
export interface Ink {
  background: string;
  surface: string;
  text: string;
  muted: string;
  faint: string;
  border: string;
  state: { readonly [state in KnownState]: string };
  /** By {@link Shade}, where a graph is coloured by something else than states. */
  shades: readonly string[];
  font: string;
}

const MARGIN = 20;

/** A rectangle of the graph. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The whole graph as it is placed, which may be drawn part by part where it is large. */
export interface Picture extends Frame {
  /** Of how many shapes it is made. */
  shapes: number;
  /** The part within a frame, enlarged by `scale`. None of the data become markup. */
  toSvg(frame: Frame, scale?: number): string;
}

interface Shape {
  box: Box;
  svg: () => string;
}

/**
 * A picture of the graph as the panel has placed it, in its colours: for slides and papers. What an output of a
 * notebook shows without the panel is another picture, a list with lanes (`widget/svg.ts` of lib), for it has neither
 * the placing nor the theme.
 */
export function toPicture(
  nodes: readonly DrawnNode[],
  layout: IncrementalLayout,
  store: ProvenanceStore,
  ink: Ink,
  shades: ReadonlyMap<string, Shade> = new Map(),
): Picture {
  const { orientation, places, routes } = layout;
  const byId = new Map(nodes.map((node) => [node.id, node] as const));
  const drawn = [...routes.values()].flatMap((route) => {
    const [from, to] = [places.get(route.source), places.get(route.target)];
    const figures = edgeFigures(route, { node: (id) => byId.get(id) }, store);
    return from && to ? [{ route, figures, from, to, points: [from, ...route.via, to] }] : [];
  });
  const lines = drawn.map(({ route, figures, points }): Shape => {
    return { box: extremes(points), svg: () => lineSvg(points, route, figures) };
  });
  const pills = drawn.flatMap(({ figures, from, to }): Shape[] => {
    const { loss } = figures;
    const at = orientation === 'down' ? { x: to.x + figures.aside, y: to.y } : { x: (from.x + to.x) / 2, y: to.y - 14 };
    return loss === undefined ? [] : [{ box: extremes([from, to, at]), svg: () => pillSvg(loss, at, ink) }];
  });
  const faces = facesOf(nodes, layout, store, ink, shades);
  return {
    ...frameOf(layout),
    shapes: lines.length + faces.length + pills.length,
    toSvg: (frame, scale = 1) => {
      const seen = (shapes: readonly Shape[]): string =>
        shapes
          .filter(({ box }) => touches(box, frame))
          .map(({ svg }) => svg())
          .join('');
      const { x, y, width, height } = frame;
      return [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="${x} ${y} ${width} ${height}" font-family="${escapeXml(ink.font)}" font-size="12" fill="${ink.text}">`,
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${ink.background}"/>`,
        `<g fill="none" stroke="${ink.faint}">${seen(lines)}</g>`,
        seen(faces),
        seen(pills),
        '</svg>',
      ].join('');
    },
  };
}

function facesOf(
  nodes: readonly DrawnNode[],
  layout: IncrementalLayout,
  store: ProvenanceStore,
  ink: Ink,
  shades: ReadonlyMap<string, Shade>,
): Shape[] {
  const { orientation, places } = layout;
  return nodes.flatMap((node): Shape[] => {
    const face = describeNode(node, store);
    const place = places.get(node.id);
    if (!face || !place) {
      return [];
    }
    const svg = (): string =>
      node.type === 'process'
        ? processSvg(face, place, layout.boxWidth(node.id), node.members.length > 1, ink, shades.get(node.id))
        : artifactSvg(face, place, orientation, layout.textRoom(node.id), ink);
    return [{ box: around(place, orientation), svg }];
  });
}

/** Around all nodes, and where edges turn beside them. */
function frameOf({ orientation, places, routes }: IncrementalLayout): Frame {
  const whole = boundsOf(places.values(), orientation) ?? { x1: 0, y1: 0, x2: 0, y2: 0 };
  const turns = extremes([...routes.values()].flatMap(({ via }) => via));
  const x = Math.min(whole.x1, turns.x1) - MARGIN;
  const y = Math.min(whole.y1, turns.y1) - MARGIN;
  return {
    x,
    y,
    width: Math.max(whole.x2, turns.x2) - x + MARGIN,
    height: Math.max(whole.y2, turns.y2) - y + MARGIN,
  };
}

/** The area of a node with its text, its pile and its outline. */
function around(place: Place, orientation: Orientation): Box {
  const { x1, y1, x2, y2 } = boxOf(place, orientation);
  return { x1: x1 - 4, y1: y1 - 8, x2: x2 + BOX.maxWidth / 2, y2: y2 + 4 };
}

function touches({ x1, x2, y1, y2 }: Box, { x, y, width, height }: Frame): boolean {
  // Lines are a little wider than their points.
  return x1 <= x + width + 3 && x2 >= x - 3 && y1 <= y + height + 3 && y2 >= y - 3;
}

/** In a loop: a large graph has more places than a function may have arguments. */
function extremes(points: readonly { x: number; y: number }[]): Box {
  const box = { x1: Infinity, x2: -Infinity, y1: Infinity, y2: -Infinity };
  for (const { x, y } of points) {
    box.x1 = Math.min(box.x1, x);
    box.x2 = Math.max(box.x2, x);
    box.y1 = Math.min(box.y1, y);
    box.y2 = Math.max(box.y2, y);
  }
  return box;
}

function processSvg(
  face: NodeFace,
  { x, y }: Place,
  w: number,
  grouped: boolean,
  ink: Ink,
  shade: Shade | undefined,
): string {
  const h = BOX.height;
  const fill = shade === undefined ? ink.surface : (ink.shades[shade] as string);
  const state = knownState(face.state);
  const stroke = shade !== undefined || state === 'complete' ? ink.border : ink.state[state];
  const box = (dx: number, dy: number, more: string): string =>
    `<rect x="${x - w / 2 + dx}" y="${y - h / 2 + dy}" width="${w}" height="${h}" rx="6" fill="${fill}" stroke="${stroke}"${more}/>`;
  return [
    grouped ? box(4, -3.5, ' opacity="0.5"') : '',
    box(0, 0, state === 'new' ? ' stroke-dasharray="3 2"' : ''),
    `<circle cx="${x - w / 2 + 15}" cy="${y}" r="4" fill="${state === 'new' ? 'none' : ink.state[state]}" stroke="${ink.state[state]}"/>`,
    labelSvg(fitLabel(boxText(face), w, w).text.split('\n'), x + 8, y),
  ].join('');
}

function labelSvg(lines: readonly string[], x: number, y: number): string {
  const size = lines.length > 1 ? FONT.long : FONT.process;
  return lines
    .map((line, i) => {
      const middle = y + (i - (lines.length - 1) / 2) * size * 1.08;
      return `<text x="${x}" y="${middle + size / 3}" font-size="${size}" text-anchor="middle">${svgText(line, Infinity)}</text>`;
    })
    .join('');
}

function artifactSvg(face: NodeFace, { x, y }: Place, orientation: Orientation, room: number, ink: Ink): string {
  const state = knownState(face.state);
  const color = state === 'complete' || state === 'new' ? ink.muted : ink.state[state];
  const fill = state === 'complete' ? ink.muted : ink.background;
  const shape =
    face.kind === 'value'
      ? `<path d="M${x} ${y - 7}l7 7l-7 7l-7 -7z" fill="${fill}" stroke="${color}" stroke-width="1.5"/>`
      : `<circle cx="${x}" cy="${y}" r="5" fill="${fill}" stroke="${color}" stroke-width="1.5"/>`;
  // Flowing to the right, what takes it stands beside it, so its text goes above the edge.
  const rise = orientation === 'down' ? -4 : 8;
  const text = svgText(cutToWidth(face.detail, room, FONT.artifact), Infinity);
  return `${shape}<text x="${x + BOX.toText}" y="${y - rise}" font-size="${FONT.artifact}" fill="${ink.muted}">${text}</text>`;
}

function pillSvg(loss: string, { x, y }: { x: number; y: number }, ink: Ink): string {
  const width = textWidth(loss, FONT.artifact) + 8;
  return [
    `<rect x="${x - width / 2}" y="${y - 8}" width="${width}" height="16" rx="3" fill="${ink.state.aborted}"/>`,
    `<text x="${x}" y="${y + 4}" font-size="${FONT.artifact}" font-weight="600" text-anchor="middle" fill="${ink.background}">${svgText(loss, Infinity)}</text>`,
  ].join('');
}

function lineSvg(points: readonly { x: number; y: number }[], { uses }: Route, { width }: EdgeFigures): string {
  const corners = points.map(({ x, y }) => `${x} ${y}`);
  return `<path d="M${corners.join('L')}" stroke-width="${width}" stroke-linejoin="round"${uses ? ' stroke-dasharray="4 3"' : ''}/>`;
}
