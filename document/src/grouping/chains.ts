import { append } from './append';
import { labelPattern } from './label-pattern';
import type { GraphNode, GraphSource } from './visible';

/**
 * Chains of steps that a loop made: one after the other, equal but for a number, each the only consumer of the one
 * before. Each result lists the steps and the streams between them, in order, without the stream after the last step.
 */
export function chains(
  nodes: readonly GraphNode[],
  source: GraphSource,
  isTaken: (id: string) => boolean,
  from: number,
): string[][] {
  const byId = new Map(nodes.map((node) => [node.id, node] as const));
  const children = childrenOf(nodes);
  const only = (id: string): GraphNode | undefined => {
    const list = children.get(id) ?? [];
    return list.length === 1 ? byId.get(list[0] as string) : undefined;
  };
  const keyOf = (id: string): string | null => {
    const process = source.processes.get(id);
    return process && !isTaken(id)
      ? [process.kind, labelPattern(process.label), process.cell?.id, process.superseded].join('\u0000')
      : null;
  };
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const node of nodes) {
    const key = node.type === 'process' && !seen.has(node.id) ? keyOf(node.id) : null;
    if (key !== null) {
      const chain = [node.id];
      for (let last = node.id; ;) {
        const stream = only(last);
        const next = stream && only(stream.id);
        if (!stream || !next || next.parents.length !== 1 || keyOf(next.id) !== key) {
          break;
        }
        chain.push(stream.id, next.id);
        seen.add(next.id);
        last = next.id;
      }
      if ((chain.length + 1) / 2 >= from) {
        found.push(chain);
      }
    }
  }
  return found;
}

/**
 * The steps of each cell that made several, with the streams that no other cell takes; and the streams that lead from
 * one cell to the same others.
 */
export function cellGroups(nodes: readonly GraphNode[], source: GraphSource): string[][] {
  const children = childrenOf(nodes);
  const cellOf = (id: string): string | undefined => {
    const cell = source.processes.get(id)?.cell;
    return cell ? `${cell.id}/${cell.executionCount}` : undefined;
  };
  const groups = new Map<string, string[]>();
  for (const node of nodes) {
    const producer = node.type === 'process' ? node.id : (node.parents[0] ?? '');
    const cell = cellOf(producer);
    const consumers = children.get(node.id) ?? [];
    const isInside =
      node.type === 'process' || (consumers.length > 0 && consumers.every((consumer) => cellOf(consumer) === cell));
    if (cell !== undefined && isInside) {
      append(groups, cell, node.id);
    } else if (cell !== undefined) {
      const takers = [...new Set(consumers.map(cellOf))].sort().join(' ');
      append(groups, `${cell} → ${takers} ${source.artifacts.get(node.id)?.kind}`, node.id);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function childrenOf(nodes: readonly GraphNode[]): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const node of nodes) {
    for (const parent of node.parents) {
      append(children, parent, node.id);
    }
  }
  return children;
}
