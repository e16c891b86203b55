/**
 * The row of each node: one below the lowest of its parents. What nothing else hangs on, such as a source that joins
 * late with the steps behind it, stands as near as can be to who takes it. `parents` are indices of nodes that come
 * before. `rowsAbove`: how many rows lower a member of an open group stands; it stays there.
 */
export function tidyRanks(
  parents: readonly (readonly number[])[],
  rowsAbove: readonly (number | undefined)[] = [],
): number[] {
  const ranks: number[] = [];
  const children: number[][] = parents.map(() => []);
  const isLoose: boolean[] = [];
  parents.forEach((list, i) => {
    const below = list.reduce((max, parent) => Math.max(max, (ranks[parent] as number) + 1), 0);
    ranks.push(below + (rowsAbove[i] ?? 0));
    list.forEach((parent) => children[parent]?.push(i));
  });
  parents.forEach((list, i) => {
    isLoose.push(
      rowsAbove[i] === undefined && list.every((parent) => isLoose[parent] && children[parent]?.length === 1),
    );
  });
  for (let i = parents.length - 1; i >= 0; i--) {
    const below = children[i] as number[];
    if (isLoose[i] && below.length > 0) {
      ranks[i] = Math.min(...below.map((child) => ranks[child] as number)) - 1;
    }
  }
  return ranks;
}
