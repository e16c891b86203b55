import type { DrawnNode } from 'stemma-document';

/** A node with all that it comes from and all that comes from it. */
export function lineage(id: string, nodes: readonly DrawnNode[]): Set<string> {
  const found = new Set([id]);
  // Nodes come parents first, so one pass down finds all descendants and one pass up all ancestors.
  for (const node of nodes) {
    if (node.parents.some((parent) => found.has(parent))) {
      found.add(node.id);
    }
  }
  const above = new Set([id]);
  for (const node of [...nodes].reverse()) {
    if (above.has(node.id)) {
      node.parents.forEach((parent) => above.add(parent));
    }
  }
  above.forEach((ancestor) => found.add(ancestor));
  return found;
}
