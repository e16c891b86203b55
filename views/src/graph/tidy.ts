import { edgeId } from './edge-id';
import type { Extent } from './node-box';
import { columns } from './tidy-columns';
import { uncross, type Rows } from './tidy-order';
import { tidyRanks } from './tidy-ranks';

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

/** Longer edges find their lanes when all else stands. */
const MAX_SPAN = 40;

/**
 * A better layout than an incremental one: rows by distance, ordered so that few edges cross (barycentres), then drawn
 * together so that edges run straight. It works on the whole graph and moves everything, so a person has to request it.
 */
export function tidyLayout(nodes: readonly TidyNode[], { column, lane }: TidyRoom): Tidied {
  const indices = new Map(nodes.map((node, i) => [node.id, i] as const));
  const parents = nodes.map((node, i) =>
    node.parents.flatMap((id) => {
      const parent = indices.get(id);
      return parent !== undefined && parent < i ? [parent] : [];
    }),
  );
  const ranks = tidyRanks(
    parents,
    nodes.map(({ rowsAbove }) => rowsAbove),
  );
  const graph: Rows = { rows: [], above: nodes.map(() => []), below: nodes.map(() => []) };
  const usual: Extent = { left: column / 2, right: column / 2 };
  const passing: Extent = { left: lane / 2, right: lane / 2 };
  const extents = nodes.map(({ extent }) => extent ?? usual);
  const stand = (point: number, rank: number): void => {
    while (graph.rows.length <= rank) {
      graph.rows.push([]);
    }
    graph.rows[rank]?.push(point);
  };
  const join = (from: number, to: number): void => {
    if (graph.below[from]?.includes(to)) {
      return;
    }
    graph.below[from]?.push(to);
    graph.above[to]?.push(from);
  };
  /** Where edges into one node pass a row: they share their lane. */
  const bendOf = memoize((_target: number, rank: number): number => {
    const point = extents.push(passing) - 1;
    graph.above.push([]);
    graph.below.push([]);
    stand(point, rank);
    return point;
  });
  const bends: { edge: string; points: number[] }[] = [];
  nodes.forEach((node, i) => {
    const rank = ranks[i] as number;
    for (const parent of parents[i] as number[]) {
      const top = ranks[parent] as number;
      if (rank - top <= MAX_SPAN) {
        const points = Array.from({ length: rank - top - 1 }, (_, step) => bendOf(i, top + 1 + step));
        [parent, ...points].forEach((point, step) => join(point, points[step] ?? i));
        if (points.length > 0) {
          bends.push({ edge: edgeId((nodes[parent] as TidyNode).id, node.id), points });
        }
      }
    }
    stand(i, rank);
  });
  graph.rows = uncross(graph);
  const isBend = (point: number): boolean => point >= nodes.length;
  const across = columns(graph, extents, (one, other) => {
    if (isBend(one) || isBend(other)) {
      return isBend(one) && isBend(other) ? 4 : 1;
    }
    // Values reach in from the side.
    const [from, to] = [nodes[Math.min(one, other)], nodes[Math.max(one, other)]];
    return from && to?.uses.includes(from.id) ? 2 : 3;
  });
  const shift = across[0] ?? 0;
  const mean = (points: readonly number[]): number =>
    points.reduce((sum, point) => sum + (across[point] as number), 0) / points.length;
  return {
    nodes: nodes.map(({ id }, i) => [id, ranks[i] as number, (across[i] as number) - shift]),
    lanes: bends.map(({ edge, points }) => [edge, mean(points) - shift]),
  };
}

function memoize(make: (target: number, rank: number) => number): (target: number, rank: number) => number {
  const made = new Map<string, number>();
  return (target, rank) => {
    const key = `${target} ${rank}`;
    const known = made.get(key) ?? make(target, rank);
    made.set(key, known);
    return known;
  };
}
