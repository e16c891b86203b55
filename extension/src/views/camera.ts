import type { Core } from 'cytoscape';

/** Below this scale, text of 12 px cannot be read. */
const READABLE = 0.75;
const MARGIN = 18;

interface View {
  zoom: number;
  pan: { x: number; y: number };
}

/**
 * Show the whole graph if it can be read then; else its full width from the top, or, when ids are given, with those in view.
 */
export function frame(cy: Core, ids: readonly string[] | null, animated: boolean): void {
  const all = cy.elements();
  if (all.empty()) {
    return;
  }
  const box = all.boundingBox({ includeOverlays: false });
  const fit = Math.min((cy.width() - 2 * MARGIN) / box.w, (cy.height() - 2 * MARGIN) / box.h, 1);
  const byWidth = Math.min((cy.width() - 2 * MARGIN) / box.w, 1);
  const zoom = fit >= READABLE ? fit : Math.max(READABLE, Math.min(byWidth, 0.92));
  const width = box.w * zoom;
  const height = box.h * zoom;
  const pan = {
    x: width <= cy.width() ? (cy.width() - width) / 2 - box.x1 * zoom : centreOn(cy, zoom),
    y: height <= cy.height() - MARGIN ? MARGIN - box.y1 * zoom : MARGIN - box.y1 * zoom,
  };
  if (height > cy.height() && ids && ids.length > 0) {
    const target = cy.collection(ids.map((id) => cy.getElementById(id)) as never).boundingBox();
    const bottom = target.y2 * zoom + MARGIN;
    pan.y = Math.min(pan.y, cy.height() - bottom);
  }
  moveCamera(cy, { zoom, pan }, animated);
}

/** Move the camera, gently unless the person prefers reduced motion. */
export function moveCamera(cy: Core, view: View, animated: boolean): void {
  cy.stop();
  if (animated && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    cy.animate({ zoom: view.zoom, pan: view.pan }, { duration: 220, easing: 'ease-out-cubic' });
  } else {
    cy.viewport(view);
  }
}

/** Scroll no more than it takes to see a box, given in pixels of the canvas. */
export function bringIntoView(cy: Core, box: { x1: number; y1: number; x2: number; y2: number }): void {
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

/** A graph wider than the panel: its sources in the middle. */
function centreOn(cy: Core, zoom: number): number {
  const roots = cy.nodes().roots();
  const box = (roots.nonempty() ? roots : cy.nodes()).boundingBox();
  return cy.width() / 2 - ((box.x1 + box.x2) / 2) * zoom;
}
