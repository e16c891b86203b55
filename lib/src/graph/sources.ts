import type { Node } from './node';

/** The sources that lead to `node`, each once, in the order in which its graph names them: the same in each run of the same code. */
export function sourcesOf(node: Node): readonly Node[] {
  const sources: Node[] = [];
  const seen = new Set<Node>();
  const ahead = [node];
  // Not by recursion: a graph may be deeper than the stack.
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.parents.length === 0) sources.push(next);
    for (let i = next.parents.length - 1; i >= 0; i--) ahead.push(next.parents[i]!);
  }
  return sources;
}
