/**
 * The interleave of tf.data in plain array code: `cycleLength` places, each with a list of its own until that is used
 * up.
 */
export function inPlaces<T>(lists: readonly (readonly T[])[], cycleLength: number, blockLength: number): T[] {
  const waiting = lists.map((list) => [...list]);
  const places = new Array<T[] | undefined>(cycleLength).fill(undefined);
  const items: T[] = [];
  for (let at = 0; waiting.length > 0 || places.some((place) => place !== undefined); at = (at + 1) % cycleLength) {
    const place = (places[at] ??= waiting.shift());
    if (place === undefined) continue;
    const block = place.splice(0, blockLength);
    items.push(...block);
    // Its end is seen where an item is missing: a list that is used up with its block keeps its place for one more
    // turn.
    if (block.length < blockLength) places[at] = undefined;
  }
  return items;
}
