import type { Core } from 'cytoscape';
import { SIZE, type IncrementalLayout, type Place } from '../graph/layout';

/** Below this scale, the smallest text has less than 10 pixels. */
const READABLE = 0.87;
const MARGIN = 18;
/** A move over more screens than this is not animated. */
const FAR = 3;

interface View {
  zoom: number;
  pan: { x: number; y: number };
}

/**
 * Show the whole graph if it can be read then; else its full width from the top, or, when ids are given, with those in view. It is measured by its places:
 * cytoscape's own bounding box would measure every text.
 */
export function frame(
  cy: Core,
  { orientation, places }: IncrementalLayout,
  ids: readonly string[] | null,
  animated: boolean,
): void {
  const box = bounds([...places.values()]);
  if (!box) {
    return;
  }
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  const byWidth = Math.min((cy.width() - 2 * MARGIN) / width, 1);
  const fit = Math.min((cy.height() - 2 * MARGIN) / height, byWidth);
  const zoom = fit >= READABLE ? fit : Math.max(READABLE, Math.min(byWidth, 0.92));
  const roots = bounds([...places.values()].filter((place) => place.rank === 0)) ?? box;
  const across = width * zoom <= cy.width() ? box : roots;
  const pan = { x: cy.width() / 2 - ((across.x1 + across.x2) / 2) * zoom, y: MARGIN - box.y1 * zoom };
  const shown = bounds((ids ?? []).flatMap((id) => places.get(id) ?? []));
  if (shown && height * zoom > cy.height()) {
    pan.y = Math.min(pan.y, cy.height() - MARGIN - shown.y2 * zoom);
  }
  // A graph that flows to the right, and is wider than the panel, is shown from its beginning.
  const isWide = orientation === 'right' && width * zoom > cy.width();
  if (isWide) {
    const end = shown ? cy.width() - MARGIN - shown.x2 * zoom : Number.POSITIVE_INFINITY;
    pan.x = Math.min(MARGIN - box.x1 * zoom, end);
    pan.y = height * zoom < cy.height() ? (cy.height() - (box.y1 + box.y2) * zoom) / 2 : pan.y;
  }
  moveCamera(cy, { zoom, pan }, animated);
}

/** Show the whole graph, however small its text gets. */
export function frameAll(cy: Core, { places }: IncrementalLayout): void {
  const box = bounds([...places.values()]);
  if (!box) {
    return;
  }
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  const zoom = Math.min((cy.width() - 2 * MARGIN) / width, (cy.height() - 2 * MARGIN) / height, 1);
  const pan = {
    x: cy.width() / 2 - ((box.x1 + box.x2) / 2) * zoom,
    y: Math.max(MARGIN, (cy.height() - height * zoom) / 2) - box.y1 * zoom,
  };
  moveCamera(cy, { zoom: Math.max(zoom, cy.minZoom()), pan }, true);
}

interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** The area that places take, with the text to the right of the artifacts. */
function bounds(places: readonly Place[]): Box | null {
  const first = places[0];
  if (!first) {
    return null;
  }
  const box = { x1: first.x, y1: first.y, x2: first.x, y2: first.y };
  for (const { x, y } of places) {
    box.x1 = Math.min(box.x1, x);
    box.x2 = Math.max(box.x2, x);
    box.y1 = Math.min(box.y1, y);
    box.y2 = Math.max(box.y2, y);
  }
  const half = SIZE.processHeight / 2;
  return { x1: box.x1 - SIZE.column / 2, y1: box.y1 - half, x2: box.x2 + SIZE.column * 0.6, y2: box.y2 + half };
}

/** Move the camera, gently unless it is a long way, all of which would be drawn, or the person prefers reduced motion. */
export function moveCamera(cy: Core, view: View, animated: boolean): void {
  cy.stop();
  const { x, y } = cy.pan();
  const isFar = Math.hypot(view.pan.x - x, view.pan.y - y) > FAR * Math.max(cy.width(), cy.height());
  if (animated && !isFar && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    cy.animate({ zoom: view.zoom, pan: view.pan }, { duration: 220, easing: 'ease-out-cubic' });
  } else {
    cy.viewport(view);
  }
}

/** The preferred node where the screen shows it, else the one nearest to the middle of the screen. */
export function nodeInView(cy: Core, places: ReadonlyMap<string, Place>, preferred: string | null): string | null {
  const { x1, x2, y1, y2 } = cy.extent();
  const wanted = places.get(preferred ?? '');
  if (wanted && wanted.x >= x1 && wanted.x <= x2 && wanted.y >= y1 && wanted.y <= y2) {
    return preferred;
  }
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, { x, y }] of places) {
    const distance = Math.hypot(x - (x1 + x2) / 2, y - (y1 + y2) / 2);
    if (distance < least) {
      [nearest, least] = [id, distance];
    }
  }
  return nearest;
}

/** Scroll no more than it takes to see a box, given in pixels of the canvas. */
export function bringIntoView(cy: Core, box: Box): void {
  const dx = shift(box.x1, box.x2, cy.width());
  const dy = shift(box.y1, box.y2, cy.height());
  if (dx !== 0 || dy !== 0) {
    const { x, y } = cy.pan();
    moveCamera(cy, { zoom: cy.zoom(), pan: { x: x + dx, y: y + dy } }, true);
  }
}

function shift(from: number, to: number, size: number): number {
  if (from < MARGIN) {
    return MARGIN - from;
  }
  return to > size - MARGIN ? size - MARGIN - to : 0;
}
