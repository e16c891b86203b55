import type { Node } from './node';

/**
 * `node` and all that leads to it, each once, in the order in which its graph names them: the same in each run of the
 * same code.
 */
export function upstreamOf(node: Node): readonly Node[] {
  const seen = new Set<Node>();
  const ahead = [node];
  // Not by recursion: a graph may be deeper than the stack.
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (let i = next.parents.length - 1; i >= 0; i--) ahead.push(next.parents[i]!);
  }
  return [...seen];
}
