import type { DrawnNode } from 'stemma-document';
import { SIZE } from './geometry';

/**
 * The lines in which the members of open groups stand, so that a group is about as wide as it is high and the rest
 * stays in view.
 */
export interface Grid {
  /** How many rows the first node of a strand stands lower than below its parents; undefined for all others. */
  rowsAbove(id: string): number | undefined;
  /** The member in whose column a node stands; undefined for the first of a column, and outside of open groups. */
  firstOfColumn(id: string): string | undefined;
  /** The members of each open group, with those of the groups that are open together with it. */
  readonly frames: readonly (readonly string[])[];
}

/**
 * Arranges open groups. `groupOf`: the open group of a drawn node. Groups that are linked, such as ten sources and
 * their ten streams, are one: their members stand below each other.
 */
export function gridOf(nodes: readonly DrawnNode[], groupOf: (id: string) => string | undefined): Grid {
  const strands = strandsOf(nodes, groupOf);
  const rows = new Map<string, number>();
  const first = new Map<string, string>();
  for (const cluster of strands) {
    const depth = Math.max(...cluster.map((strand) => strand.length));
    const perLine = membersPerLine(cluster.length, Math.ceil(depth / 2));
    cluster.forEach((strand, i) => {
      const line = Math.floor(i / perLine);
      rows.set(strand[0] as string, line * 2 * Math.ceil(depth / 2));
      if (line > 0) {
        first.set(strand[0] as string, cluster[i % perLine]?.[0] as string);
      }
    });
  }
  return {
    rowsAbove: (id) => rows.get(id),
    firstOfColumn: (id) => first.get(id),
    frames: strands.map((cluster) => cluster.flat()),
  };
}

/** As many as make the group about as wide as it is high. `steps`: how many stand below each other in each line. */
function membersPerLine(count: number, steps: number): number {
  return Math.max(2, Math.round(Math.sqrt((count * steps * SIZE.toProcess) / SIZE.column)));
}

/** By cluster of open groups, its members that hang together: each a strand from its first node on. */
function strandsOf(nodes: readonly DrawnNode[], groupOf: (id: string) => string | undefined): string[][][] {
  const strandOf = new Map<string, string[]>();
  const clusterOf = new Map<string, string[][]>();
  const clusters: string[][][] = [];
  for (const { id, parents } of nodes) {
    const group = groupOf(id);
    if (group === undefined) {
      continue;
    }
    const above = parents.map((parent) => strandOf.get(parent)).find((strand) => strand !== undefined);
    if (above) {
      above.push(id);
      strandOf.set(id, above);
      continue;
    }
    const strand = [id];
    strandOf.set(id, strand);
    const cluster = clusterOf.get(group);
    if (cluster) {
      cluster.push(strand);
    } else {
      clusterOf.set(group, [strand]);
      clusters.push(clusterOf.get(group) as string[][]);
    }
  }
  return clusters;
}
