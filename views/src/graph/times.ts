import { describeNode, type DrawnNode, processesOf } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';

/** The time of one drawn process: one bar of the chart. */
export interface TimeBar {
  id: string;
  label: string;
  count: number;
  totalMs: number;
  /** How long it waited for what is upstream. */
  waitMs: number;
  /** Of the sum over all processes. */
  share: number;
  meanMs: number;
}

/** How many bars a person still reads. */
const SHOWN = 40;

/** The own time of each process that was timed (of the slowest, where there are very many), in the order of the pipeline, which does not change while it runs. */
export function timeBars(nodes: readonly DrawnNode[], store: ProvenanceStore): TimeBar[] {
  const timed = nodes.flatMap((node) => (node.type === 'process' ? timeOf(node, store) : []));
  const sum = timed.reduce((total, one) => total + one.totalMs, 0);
  const least = timed.length > SHOWN ? (timed.map((one) => one.totalMs).sort((a, b) => b - a)[SHOWN - 1] ?? 0) : 0;
  return timed
    .filter((one) => one.totalMs >= least)
    .slice(0, SHOWN)
    .flatMap(({ node, totalMs, waitMs, items }) => {
      const face = describeNode(node, store);
      const meanMs = items > 0 ? totalMs / items : 0;
      return face
        ? [{ id: node.id, label: face.label, count: face.count, totalMs, waitMs, share: totalMs / sum, meanMs }]
        : [];
    });
}

function timeOf(
  node: DrawnNode,
  store: ProvenanceStore,
): { node: DrawnNode; totalMs: number; waitMs: number; items: number }[] {
  let totalMs = 0;
  let waitMs = 0;
  let items = 0;
  for (const { execution } of processesOf(node, store)) {
    waitMs += execution.waitMs ?? 0;
    if (execution.selfTime) {
      totalMs += execution.selfTime.totalMs;
      items += execution.selfTime.meanMs > 0 ? execution.selfTime.totalMs / execution.selfTime.meanMs : 0;
    }
  }
  return totalMs > 0 ? [{ node, totalMs, waitMs, items }] : [];
}
