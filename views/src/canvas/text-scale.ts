import { FONT } from '../graph/node-box';

/** The smallest text on the screen, in pixels. */
export const MIN_FONT = 10;
/** Scales are steps, so that the style changes but a few times on the way out. */
const STEP = 1.15;

/** By how much the text of the graph is enlarged at a zoom, so that it stays readable. */
export function textScale(zoom: number): number {
  const needed = MIN_FONT / (FONT.artifact * zoom);
  return needed <= 1 ? 1 : STEP ** Math.ceil(Math.log(needed) / Math.log(STEP));
}
