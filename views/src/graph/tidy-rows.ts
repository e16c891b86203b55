import { edgeId } from './edge-id';
import type { Rows } from './tidy-order';

/** Longer edges find their lanes when all else stands. */
const MAX_SPAN = 40;

/** Where an edge passes rows, from the top. */
export interface Bends {
  edge: string;
  points: number[];
}

/**
 * The rows of a layout: the nodes, numbered as in their list, and after them the points where long edges pass a row.
 * Edges into one node share these points.
 */
export function rowsOf(
  nodes: readonly { id: string }[],
  parents: readonly (readonly number[])[],
  ranks: readonly number[],
): { graph: Rows; bends: Bends[] } {
  const graph: Rows = { rows: [], above: nodes.map(() => []), below: nodes.map(() => []) };
  const bends: Bends[] = [];
  nodes.forEach(({ id }, i) => {
    const rank = ranks[i] as number;
    /** By row: the bends of the edges into this node. */
    const passed = new Map<number, number>();
    for (const parent of parents[i] as number[]) {
      const top = ranks[parent] as number;
      if (rank - top > MAX_SPAN) {
        continue;
      }
      const points = Array.from({ length: rank - top - 1 }, (_, step) => bendIn(graph, passed, top + 1 + step));
      [parent, ...points].forEach((point, step) => join(graph, point, points[step] ?? i));
      if (points.length > 0) {
        bends.push({ edge: edgeId((nodes[parent] as { id: string }).id, id), points });
      }
    }
    stand(graph, i, rank);
  });
  return { graph, bends };
}

function bendIn(graph: Rows, passed: Map<number, number>, rank: number): number {
  const known = passed.get(rank);
  if (known !== undefined) {
    return known;
  }
  const point = graph.above.push([]) - 1;
  graph.below.push([]);
  stand(graph, point, rank);
  passed.set(rank, point);
  return point;
}

function stand({ rows }: Rows, point: number, rank: number): void {
  while (rows.length <= rank) {
    rows.push([]);
  }
  rows[rank]?.push(point);
}

function join({ above, below }: Rows, from: number, to: number): void {
  if (!below[from]?.includes(to)) {
    below[from]?.push(to);
    above[to]?.push(from);
  }
}
