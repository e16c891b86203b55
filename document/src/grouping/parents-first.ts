/**
 * The nodes that these ids lead to, each after its parents; otherwise in the order of the ids. In a circle, one parent
 * comes late.
 */
export function parentsFirst<T extends { id: string; parents: readonly string[] }>(
  ids: Iterable<string>,
  nodeOf: (id: string) => T | null | undefined,
): T[] {
  const nodes: T[] = [];
  const seen = new Set<string>();
  for (const root of ids) {
    // A chain of thousands of operators would overflow the call stack. On it lie names of nodes to go to, and nodes
    // whose parents were gone to.
    const stack: (string | T)[] = [root];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (typeof top !== 'string') {
        nodes.push(top);
      } else if (!seen.has(top)) {
        const node = nodeOf(top);
        if (node) {
          seen.add(top);
          stack.push(node);
          for (let i = node.parents.length - 1; i >= 0; i--) {
            stack.push(node.parents[i] as string);
          }
        }
      }
    }
  }
  return nodes;
}
