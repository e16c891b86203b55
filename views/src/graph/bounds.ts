import { SIZE } from './geometry';
import type { Place } from './layout';
import { BOX } from './node-box';
import type { Orientation } from './orientation';

/** A rectangle of the graph, in pixels. */
export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** What a node takes with its text. */
export function boxOf({ rank, x, y, extent }: Place, orientation: Orientation): Box {
  const isProcess = rank % 2 === 0;
  if (orientation === 'down') {
    const half = isProcess ? BOX.height / 2 : BOX.textHalf;
    return { x1: x - extent.left, x2: x + extent.right, y1: y - half, y2: y + half };
  }
  const [left, right] = isProcess ? [BOX.width / 2, BOX.width / 2] : [BOX.toText, BOX.toText + SIZE.artifactText];
  return { x1: x - left, x2: x + right, y1: y - extent.left, y2: y + extent.right };
}

/** The area that places take; null where there are none. */
export function boundsOf(places: Iterable<Place>, orientation: Orientation): Box | null {
  const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  for (const place of places) {
    const { x1, y1, x2, y2 } = boxOf(place, orientation);
    box.x1 = Math.min(box.x1, x1);
    box.y1 = Math.min(box.y1, y1);
    box.x2 = Math.max(box.x2, x2);
    box.y2 = Math.max(box.y2, y2);
  }
  return box.x1 === Infinity ? null : box;
}
