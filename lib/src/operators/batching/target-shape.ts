import type { LeafPadding } from './leaf-padding';

/** The requested shape; without one, the largest sizes, the first one rounded up. */
export function targetOf(sizes: readonly number[], { shape, multipleOf }: LeafPadding): number[] {
  const greatest = sizes.map((size, axis) => (axis === 0 ? Math.ceil(size / multipleOf) * multipleOf : size));
  return (shape ?? greatest).map((size, axis) => size ?? greatest[axis] ?? 0);
}

/** @throws Error if `sizes` do not fit into `target`, unless they are cut. */
export function checkSizes(
  what: 'lists' | 'a tensor',
  sizes: readonly number[],
  target: readonly number[],
  { truncate, where }: LeafPadding,
): void {
  const isOfRank = sizes.length === target.length;
  if (isOfRank && (truncate || sizes.every((size, axis) => size <= target[axis]!))) return;
  throw new Error(
    `${what} of ${what === 'lists' ? 'up to' : 'shape'} [${sizes.join(', ')}] ${what === 'lists' ? 'do' : 'does'} not fit into the shape [${target.join(', ')}]${where}` +
      (isOfRank ? '; pass truncate: true to cut it' : '; only sizes can be padded, not dimensions'),
  );
}
