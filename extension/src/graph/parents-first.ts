/** The nodes that these ids lead to, each after its parents; otherwise in the order of the ids. In a circle, one parent comes late. */
export function parentsFirst<T extends { id: string; parents: readonly string[] }>(
  ids: Iterable<string>,
  nodeOf: (id: string) => T | null | undefined,
): T[] {
  const nodes: T[] = [];
  const seen = new Set<string>();
  for (const root of ids) {
    // A chain of thousands of operators would overflow the call stack.
    const stack: { id: string; node: T | null }[] = [{ id: root, node: null }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if (top.node) {
        nodes.push(top.node);
      } else if (!seen.has(top.id)) {
        const node = nodeOf(top.id);
        if (node) {
          seen.add(top.id);
          stack.push({ id: top.id, node });
          for (const parent of [...node.parents].reverse()) {
            stack.push({ id: parent, node: null });
          }
        }
      }
    }
  }
  return nodes;
}
