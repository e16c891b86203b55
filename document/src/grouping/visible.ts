import type { Artifact, Process } from '../model/document';
import { parentsFirst } from './parents-first';

/** One node of the bipartite graph, before grouping. */
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
  const shown = [...source.processes.values()].filter((process) => showSuperseded || !process.superseded);
  const nodes = parentsFirst(
    shown.flatMap((process) => [process.id, ...process.outputs]),
    (id) => nodeOf(source, id),
  );
  const present = new Set(nodes.map((node) => node.id));
  const isPresent = (id: string): boolean => present.has(id);
  return nodes.map((node) =>
    node.parents.every(isPresent) ? node : { ...node, parents: node.parents.filter(isPresent) },
  );
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
