import type { Extent } from './node-box';
import { columns } from './tidy-columns';
import { uncross } from './tidy-order';
import { tidyRanks } from './tidy-ranks';
import { rowsOf } from './tidy-rows';

/** What is known of a drawn node to place it. They come parents before children. */
export interface TidyNode {
  id: string;
  parents: readonly string[];
  uses: readonly string[];
  /** What it takes across the flow; a column where it is left out. */
  extent?: Extent;
  /** How many rows lower it stands than below its parents: a member of an open group. */
  rowsAbove?: number | undefined;
}

/** Space across the flow, in pixels. */
export interface TidyRoom {
  column: number;
  lane: number;
}

/** A layout of the whole graph, as plain data. */
export interface Tidied {
  /** Row and place across the flow of each node. */
  nodes: [id: string, rank: number, across: number][];
  /** Where edges that pass rows would like their lanes. */
  lanes: [edge: string, across: number][];
}

/**
 * A better layout than an incremental one: rows by distance, ordered so that few edges cross (barycentres), then drawn
 * together so that edges run straight. It works on the whole graph and moves everything, so a person has to request it.
 */
export function tidyLayout(nodes: readonly TidyNode[], { column, lane }: TidyRoom): Tidied {
  const parents = parentsOf(nodes);
  const ranks = tidyRanks(
    parents,
    nodes.map(({ rowsAbove }) => rowsAbove),
  );
  const { graph, bends } = rowsOf(nodes, parents, ranks);
  graph.rows = uncross(graph);
  const [usual, passing] = [extentOf(column), extentOf(lane)];
  const extents = graph.above.map((_, point) => (point < nodes.length ? (nodes[point]?.extent ?? usual) : passing));
  const across = columns(graph, extents, (one, other) => pull(nodes, one, other));
  const shift = across[0] ?? 0;
  const mean = (points: readonly number[]): number =>
    points.reduce((sum, point) => sum + (across[point] as number), 0) / points.length;
  return {
    nodes: nodes.map(({ id }, i) => [id, ranks[i] as number, (across[i] as number) - shift]),
    lanes: bends.map(({ edge, points }) => [edge, mean(points) - shift]),
  };
}

const extentOf = (width: number): Extent => ({ left: width / 2, right: width / 2 });

/** Of each node those before it, by their places in the list. */
function parentsOf(nodes: readonly TidyNode[]): number[][] {
  const indices = new Map(nodes.map((node, i) => [node.id, i] as const));
  return nodes.map((node, i) =>
    node.parents.flatMap((id) => {
      const parent = indices.get(id);
      return parent !== undefined && parent < i ? [parent] : [];
    }),
  );
}

/** How strongly two points that are joined draw each other into a line. */
function pull(nodes: readonly TidyNode[], one: number, other: number): number {
  const [from, to] = [nodes[Math.min(one, other)], nodes[Math.max(one, other)]];
  if (!from || !to) {
    // Bends are numbered after all nodes.
    return from ? 1 : 4;
  }
  // Values reach in from the side.
  return to.uses.includes(from.id) ? 2 : 3;
}
