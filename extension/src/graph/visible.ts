import type { Artifact, Process } from '../model/types';

/** One node of the bipartite graph, before folding. */
export interface GraphNode {
  id: string;
  type: 'process' | 'artifact';
  parents: string[];
  /** Parents whose values its function uses, rather than whose items it takes. */
  uses: string[];
}

/** What {@link visibleGraph} reads: a store is one. */
export interface GraphSource {
  processes: ReadonlyMap<string, Process>;
  artifacts: ReadonlyMap<string, Artifact>;
}

/**
 * The nodes to draw, parents before children.
 *
 * What is superseded (its cell ran again) is history and left out, unless something live still depends on it.
 */
export function visibleGraph(source: GraphSource, showSuperseded: boolean): GraphNode[] {
  const nodes: GraphNode[] = [];
  const seen = new Set<string>();
  const visit = (root: string): void => {
    // A chain of thousands of operators would overflow the call stack.
    const stack: { id: string; node: GraphNode | null }[] = [{ id: root, node: null }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if (top.node) {
        nodes.push(top.node);
      } else if (!seen.has(top.id)) {
        const node = nodeOf(source, top.id);
        if (node) {
          seen.add(top.id);
          stack.push({ id: top.id, node });
          for (const parent of [...node.parents].reverse()) {
            stack.push({ id: parent, node: null });
          }
        }
      }
    }
  };
  for (const process of source.processes.values()) {
    if (showSuperseded || !process.superseded) {
      visit(process.id);
      process.outputs.forEach(visit);
    }
  }
  const present = new Set(nodes.map((node) => node.id));
  return nodes.map((node) => ({ ...node, parents: node.parents.filter((parent) => present.has(parent)) }));
}

function nodeOf(source: GraphSource, id: string): GraphNode | null {
  const process = source.processes.get(id);
  if (process) {
    const uses = process.uses.filter((use) => !process.inputs.includes(use));
    return { id, type: 'process', parents: [...new Set([...process.inputs, ...uses])], uses };
  }
  const artifact = source.artifacts.get(id);
  return artifact ? { id, type: 'artifact', parents: artifact.producer ? [artifact.producer] : [], uses: [] } : null;
}
