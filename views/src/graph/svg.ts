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
import { SIZE, type IncrementalLayout, type Orientation, type Place } from './layout';

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
 * A picture of the graph as the panel has placed it, in its colours: for slides and papers. What an output of a notebook shows without the panel is
 * another picture, a list with lanes (`widget/svg.ts` of lib), for it has neither the placing nor the theme.
 */
export function toPicture(
  nodes: readonly DrawnNode[],
  { orientation, places, routes }: IncrementalLayout,
  store: ProvenanceStore,
  ink: Ink,
  shades: ReadonlyMap<string, Shade> = new Map(),
): Picture {
  const lines = [...routes.values()].flatMap((route): Shape[] => {
    const [from, to] = [places.get(route.source), places.get(route.target)];
    const points = from && to ? [from, ...route.via, to] : [];
    return points.length > 0 ? [{ box: extremes(points), svg: () => lineSvg(points, route.uses) }] : [];
  });
  const faces = nodes.flatMap((node): Shape[] => {
    const face = describeNode(node, store);
    const place = places.get(node.id);
    if (!face || !place) {
      return [];
    }
    const svg = (): string =>
      node.type === 'process'
        ? processSvg(face, place, node.members.length > 1, ink, shades.get(node.id))
        : artifactSvg(face, place, orientation, ink);
    return [{ box: around(place), svg }];
  });
  const { left, right, top, bottom } = extremes([
    ...places.values(),
    ...[...routes.values()].flatMap(({ via }) => via),
  ]);
  const x = left - SIZE.processWidth / 2 - MARGIN;
  const y = top - SIZE.processHeight / 2 - MARGIN;
  return {
    x,
    y,
    width: right - left + SIZE.processWidth + 2 * MARGIN + 60,
    height: bottom - y + SIZE.processHeight / 2 + MARGIN,
    shapes: lines.length + faces.length,
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
        `<g fill="none" stroke="${ink.faint}" stroke-width="1.25">${seen(lines)}</g>`,
        seen(faces),
        '</svg>',
      ].join('');
    },
  };
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The area of a node with its text. */
function around({ x, y }: Place): Box {
  const [half, high] = [SIZE.processWidth / 2, SIZE.processHeight];
  return { left: x - half - MARGIN, right: x + SIZE.column, top: y - high, bottom: y + high };
}

function touches({ left, right, top, bottom }: Box, { x, y, width, height }: Frame): boolean {
  // Lines are a little wider than their points.
  return left <= x + width + 1 && right >= x - 1 && top <= y + height + 1 && bottom >= y - 1;
}

/** In a loop: a large graph has more places than a function may have arguments. */
function extremes(points: readonly { x: number; y: number }[]): Box {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

function processSvg(face: NodeFace, { x, y }: Place, grouped: boolean, ink: Ink, shade: Shade | undefined): string {
  const [w, h] = [SIZE.processWidth, SIZE.processHeight];
  const fill = shade === undefined ? ink.surface : (ink.shades[shade] as string);
  const state = knownState(face.state);
  const stroke = shade !== undefined || state === 'complete' ? ink.border : ink.state[state];
  const box = (dx: number, dy: number, more: string): string =>
    `<rect x="${x - w / 2 + dx}" y="${y - h / 2 + dy}" width="${w}" height="${h}" rx="6" fill="${fill}" stroke="${stroke}"${more}/>`;
  const count = face.count > 1 ? `  ×${face.count}` : '';
  return [
    grouped ? box(4, -3.5, ' opacity="0.5"') : '',
    box(0, 0, state === 'new' ? ' stroke-dasharray="3 2"' : ''),
    `<circle cx="${x - w / 2 + 15}" cy="${y}" r="4" fill="${state === 'new' ? 'none' : ink.state[state]}" stroke="${ink.state[state]}"/>`,
    `<text x="${x + 8}" y="${y + 4}" text-anchor="middle">${svgText(face.label + count, w - 34)}</text>`,
  ].join('');
}

function artifactSvg(face: NodeFace, { x, y }: Place, orientation: Orientation, ink: Ink): string {
  const state = knownState(face.state);
  const color = state === 'complete' || state === 'new' ? ink.muted : ink.state[state];
  const fill = state === 'complete' ? ink.muted : ink.background;
  const shape =
    face.kind === 'value'
      ? `<path d="M${x} ${y - 7}l7 7l-7 7l-7 -7z" fill="${fill}" stroke="${color}" stroke-width="1.5"/>`
      : `<circle cx="${x}" cy="${y}" r="5" fill="${fill}" stroke="${color}" stroke-width="1.5"/>`;
  // Flowing to the right, what takes it stands beside it, so its text goes above the edge.
  const [rise, room] = orientation === 'down' ? [-4, SIZE.column - 44] : [8, SIZE.artifactText];
  return `${shape}<text x="${x + 12}" y="${y - rise}" font-size="10.5" fill="${ink.muted}">${svgText(face.detail, room)}</text>`;
}

function lineSvg(points: readonly { x: number; y: number }[], uses: boolean): string {
  const corners = points.map(({ x, y }) => `${x} ${y}`);
  return `<path d="M${corners.join('L')}" stroke-linejoin="round"${uses ? ' stroke-dasharray="4 3"' : ''}/>`;
}
