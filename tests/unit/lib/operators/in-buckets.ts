/** `bucketBy` in plain array code. */
export function inBuckets<T>(items: readonly T[], keyOf: (item: T) => unknown, size = Infinity): T[][] {
  const lists: T[][] = [];
  let open: T[][] = [];
  for (const item of items) {
    let list = open.find(([first]) => keyOf(first!) === keyOf(item));
    if (list === undefined) open.push((list = []));
    list.push(item);
    if (list.length < size) continue;
    lists.push(list);
    open = open.filter((other) => other !== list);
  }
  return [...lists, ...open];
}
