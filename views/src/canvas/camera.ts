import type { Core } from 'cytoscape';
import { boundsOf, type Box } from '../graph/bounds';
import type { IncrementalLayout, Place } from '../graph/layout';

/** Nearer, a graph that is smaller than the canvas is not shown; there, its text is sharp on any screen. */
const NATURAL = 1;
const MARGIN = 18;
/** A move over more screens than this is not animated. */
const FAR = 3;

interface View {
  zoom: number;
  pan: { x: number; y: number };
}

/**
 * Show the graph in its natural size from the top, in the middle where its width fits, else from its sources; or, when
 * ids are given, with those in view. It is measured by its places: cytoscape's own bounding box would measure every
 * text.
 */
export function frame(
  cy: Core,
  { orientation, places }: IncrementalLayout,
  ids: readonly string[] | null,
  animated: boolean,
): void {
  const box = boundsOf(places.values(), orientation);
  if (!box) {
    return;
  }
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  const zoom = NATURAL;
  const roots =
    boundsOf(
      [...places.values()].filter((place) => place.rank === 0),
      orientation,
    ) ?? box;
  const across = width * zoom <= cy.width() ? box : roots;
  const pan = { x: cy.width() / 2 - ((across.x1 + across.x2) / 2) * zoom, y: MARGIN - box.y1 * zoom };
  const shown = boundsOf(
    (ids ?? []).flatMap((id) => places.get(id) ?? []),
    orientation,
  );
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
export function frameAll(cy: Core, { orientation, places }: IncrementalLayout, animated: boolean): void {
  const box = boundsOf(places.values(), orientation);
  if (!box) {
    return;
  }
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  const zoom = Math.min((cy.width() - 2 * MARGIN) / width, (cy.height() - 2 * MARGIN) / height, 1);
  const pan = {
    x: cy.width() / 2 - ((box.x1 + box.x2) / 2) * zoom,
    y: Math.max(MARGIN, (cy.height() - height * zoom) / 2) - box.y1 * zoom,
  };
  moveCamera(cy, { zoom: Math.max(zoom, cy.minZoom()), pan }, animated);
}

/** Text keeps its minimum size down to this scale. */
const MIN_ZOOM = 0.5;
/** How much of the canvas a group may take, so that what is beside it is seen. */
const SHARE = 0.85;

/** Show a part of a graph, no larger than it is now: in the middle, as far as there is anything above it. */
export function frameGroup(cy: Core, { x1, y1, x2, y2 }: Box, whole: Box): void {
  const fit = Math.min((cy.width() * SHARE) / (x2 - x1), (cy.height() * SHARE) / (y2 - y1));
  const zoom = Math.min(cy.zoom(), Math.max(fit, MIN_ZOOM));
  const start = (from: number, to: number, size: number): number =>
    (to - from) * zoom <= size ? size / 2 - ((from + to) / 2) * zoom : MARGIN - from * zoom;
  const top = MARGIN - whole.y1 * zoom;
  const y = Math.min(start(y1, y2, cy.height()), top);
  moveCamera(cy, { zoom, pan: { x: start(x1, x2, cy.width()), y } }, true);
}

/**
 * Move the camera, gently unless it is a long way, all of which would be drawn, or the person prefers reduced motion.
 */
export function moveCamera(cy: Core, { zoom, pan }: View, animated: boolean): void {
  // On whole pixels, so that lines and text are sharp.
  const view = { zoom, pan: { x: Math.round(pan.x), y: Math.round(pan.y) } };
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

/** Scroll no more than it takes to see a box, given in pixels of the canvas, below what is covered at the top. */
export function bringIntoView(cy: Core, box: Box, covered = 0): void {
  const dx = shift(box.x1, box.x2, cy.width());
  const dy = shift(box.y1 - covered, box.y2 - covered, cy.height() - covered);
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
