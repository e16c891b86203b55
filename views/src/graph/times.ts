import { busyMsOf, describeNode, type DrawnNode, type Process, processesOf } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';

/** The time of one drawn process: one bar of the chart. */
export interface TimeBar {
  id: string;
  label: string;
  count: number;
  /**
   * How long it had something to do: its self time, and the time in which its calls waited, where those at a time count
   * once.
   */
  busyMs: number;
  /** Its self time. */
  totalMs: number;
  /** How long it waited for its input. */
  waitMs: number;
  /** Of the sum over all steps of the pipeline; null of a sink, whose time is the user's own. */
  share: number | null;
  meanMs: number;
}

/** How many bars a person still reads. */
const SHOWN = 40;

/**
 * The time of each process that was timed in the chosen runs (of the slowest, where there are very many), in the order
 * of the pipeline, which does not change while it runs.
 */
export function timeBars(nodes: readonly DrawnNode[], store: ProvenanceStore): TimeBar[] {
  const timed = nodes.flatMap((node) => (node.type === 'process' ? timeOf(node, store) : []));
  const sum = timed.reduce((total, one) => total + (one.isSink ? 0 : one.busyMs), 0);
  const least = timed.length > SHOWN ? (timed.map((one) => one.busyMs).sort((a, b) => b - a)[SHOWN - 1] ?? 0) : 0;
  return timed
    .filter((one) => one.busyMs >= least)
    .slice(0, SHOWN)
    .flatMap(({ node, isSink, busyMs, totalMs, waitMs, items }) => {
      const face = describeNode(node, store);
      const meanMs = items > 0 ? totalMs / items : 0;
      return face
        ? [
            {
              id: node.id,
              label: face.label,
              count: face.count,
              busyMs,
              totalMs,
              waitMs,
              share: isSink ? null : busyMs / sum,
              meanMs,
            },
          ]
        : [];
    });
}

interface Timed {
  node: DrawnNode;
  isSink: boolean;
  busyMs: number;
  totalMs: number;
  waitMs: number;
  items: number;
}

function timeOf(node: DrawnNode, store: ProvenanceStore): Timed[] {
  const processes = processesOf(node, store).filter(({ id }) => store.isOfRun(id));
  const sum = (of: (execution: Process['execution']) => number): number =>
    processes.reduce((total, { execution }) => total + of(execution), 0);
  const totalMs = sum(({ selfTime }) => selfTime?.totalMs ?? 0);
  const busyMs = processes.reduce((total, process) => total + busyMsOf(process), 0);
  return busyMs > 0
    ? [
        {
          node,
          isSink: processes.every(({ role }) => role === 'sink'),
          busyMs,
          totalMs,
          waitMs: sum(({ waitMs }) => waitMs ?? 0),
          items: sum(({ selfTime }) => (selfTime && selfTime.meanMs > 0 ? selfTime.totalMs / selfTime.meanMs : 0)),
        },
      ]
    : [];
}
