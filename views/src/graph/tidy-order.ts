/** A graph in rows: every edge leads from one row to the next, so a long one has a point in each row that it passes. */
export interface Rows {
  /** Points from left to right. */
  rows: number[][];
  /** Neighbours of each point in the row above, and in the row below. */
  above: number[][];
  below: number[][];
}

const MAX_SWEEPS = 24;
/** How many sweeps may bring nothing before it is given up. */
const PATIENCE = 4;

/**
 * Order each row so that few edges cross: points go to the middle of their neighbours, down the graph and up again, and
 * the best order seen is kept.
 */
export function uncross(graph: Rows): number[][] {
  let best = graph.rows;
  let least = crossings(graph);
  let order = best;
  for (let sweep = 0, idle = 0; sweep < MAX_SWEEPS && idle < PATIENCE && least > 0; sweep++, idle++) {
    order = sweep % 2 === 0 ? sweepRows(order, graph.above) : sweepRows([...order].reverse(), graph.below).reverse();
    const count = crossings({ ...graph, rows: order });
    if (count < least) {
      [best, least, idle] = [order, count, -1];
    }
  }
  return best;
}

function sweepRows(rows: readonly number[][], neighbours: readonly number[][]): number[][] {
  const positions: number[] = [];
  return rows.map((row) => {
    const middles = new Map<number, number>();
    for (const point of row) {
      const list = neighbours[point] as number[];
      if (list.length > 0) {
        middles.set(point, list.reduce((sum, other) => sum + (positions[other] as number), 0) / list.length);
      }
    }
    // Who has no neighbours there keeps its place.
    const sorted = [...middles.keys()].sort((a, b) => (middles.get(a) as number) - (middles.get(b) as number));
    let next = 0;
    const ordered = row.map((point) => (middles.has(point) ? (sorted[next++] as number) : point));
    ordered.forEach((point, i) => (positions[point] = i));
    return ordered;
  });
}

/** How many pairs of edges cross. */
export function crossings({ rows, below }: Rows): number {
  let count = 0;
  const positions: number[] = [];
  rows.forEach((row) => row.forEach((point, i) => (positions[point] = i)));
  rows.forEach((row, rank) => {
    // Each edge crosses those before it that end further to the right: counted with a tree of sums.
    const size = rows[rank + 1]?.length ?? 0;
    const sums = new Array<number>(size + 1).fill(0);
    let edges = 0;
    for (const point of row) {
      const ends = (below[point] as number[]).map((other) => positions[other] as number).sort((a, b) => a - b);
      for (const end of ends) {
        let upTo = 0;
        for (let i = end + 1; i > 0; i -= i & -i) {
          upTo += sums[i] as number;
        }
        count += edges - upTo;
      }
      for (const end of ends) {
        edges++;
        for (let i = end + 1; i <= size; i += i & -i) {
          sums[i] = (sums[i] as number) + 1;
        }
      }
    }
  });
  return count;
}
