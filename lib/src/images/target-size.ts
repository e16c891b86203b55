/**
 * The size of the result for an image of `width` × `height` (upright): as asked for; where only one side is given, the
 * other one follows.
 */
export function targetSize(
  width: number,
  height: number,
  wanted: { width: number | undefined; height: number | undefined },
): { width: number; height: number } {
  const side = (length: number, other: number): number => Math.max(1, Math.round(length * other));
  if (wanted.width === undefined && wanted.height === undefined) return { width, height };
  return {
    width: wanted.width ?? side(width, wanted.height! / height),
    height: wanted.height ?? side(height, wanted.width! / width),
  };
}
