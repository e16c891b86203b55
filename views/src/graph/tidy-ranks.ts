/**
 * The row of each node: one below the lowest of its parents. What nothing else hangs on, such as a source that joins late with the steps behind it, stands as near as can be to
 * who takes it. `parents` are indices of nodes that come before.
 */
export function tidyRanks(parents: readonly (readonly number[])[]): number[] {
  const ranks: number[] = [];
  const children: number[][] = parents.map(() => []);
  const isLoose: boolean[] = [];
  parents.forEach((list, i) => {
    ranks.push(list.reduce((max, parent) => Math.max(max, (ranks[parent] as number) + 1), 0));
    list.forEach((parent) => children[parent]?.push(i));
  });
  parents.forEach((list) => {
    isLoose.push(list.every((parent) => isLoose[parent] && children[parent]?.length === 1));
  });
  for (let i = parents.length - 1; i >= 0; i--) {
    const below = children[i] as number[];
    if (isLoose[i] && below.length > 0) {
      ranks[i] = Math.min(...below.map((child) => ranks[child] as number)) - 1;
    }
  }
  return ranks;
}
