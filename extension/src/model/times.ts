import type { DrawnNode } from '../graph/fold';
import { describeNode, processesOf } from '../graph/describe';
import type { ProvenanceStore } from './store';

/** The time of one drawn process: one bar of the chart. */
export interface TimeBar {
  id: string;
  label: string;
  count: number;
  totalMs: number;
  /** Of the sum over all processes. */
  share: number;
  meanMs: number;
}

/** How many bars a person still reads. */
const SHOWN = 40;

/** The own time of each process that was timed (of the slowest, where there are very many), in the order of the pipeline, which does not change while it runs. */
export function timeBars(nodes: readonly DrawnNode[], store: ProvenanceStore): TimeBar[] {
  const bars: TimeBar[] = [];
  for (const node of nodes) {
    if (node.type !== 'process') {
      continue;
    }
    let totalMs = 0;
    let items = 0;
    for (const process of processesOf(node, store)) {
      const time = process.execution.ownTime;
      if (time) {
        totalMs += time.totalMs;
        items += time.meanMs > 0 ? time.totalMs / time.meanMs : 0;
      }
    }
    const face = describeNode(node, store);
    if (totalMs > 0 && face) {
      const meanMs = items > 0 ? totalMs / items : 0;
      bars.push({ id: node.id, label: face.label, count: face.count, totalMs, share: 0, meanMs });
    }
  }
  const sum = bars.reduce((total, bar) => total + bar.totalMs, 0);
  const least = bars.length > SHOWN ? (bars.map((bar) => bar.totalMs).sort((a, b) => b - a)[SHOWN - 1] ?? 0) : 0;
  return bars
    .filter((bar) => bar.totalMs >= least)
    .slice(0, SHOWN)
    .map((bar) => ({ ...bar, share: bar.totalMs / sum }));
}
