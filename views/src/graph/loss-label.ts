import { formatCount, type Loss } from 'stemma-document';

/** How many items a step left out, as the pill on its edge says it; undefined where it left out none. */
export function lossLabel({ skipped, dropped }: Loss): string | undefined {
  const lost = skipped + dropped;
  return lost > 0 ? `−${formatCount(lost)}` : undefined;
}
