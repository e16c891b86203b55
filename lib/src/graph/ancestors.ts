import type { Node } from './node';

/**
 * How many operations that `counts` is true for an item has passed, by the longest way, when it comes out of `parents`.
 */
export function countPassed(parents: readonly Node[], counts: (node: Node) => boolean): number {
  const known = new Map<Node, number>();
  const most = (nodes: readonly Node[]): number => nodes.reduce((longest, node) => Math.max(longest, visit(node)), 0);
  const visit = (node: Node): number => {
    let passed = known.get(node);
    if (passed === undefined) {
      passed = most(node.parents) + (counts(node) ? 1 : 0);
      known.set(node, passed);
    }
    return passed;
  };
  return most(parents);
}
