import { busyMsOf, describeNode, type DrawnNode, processesOf } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';

/** A step that waited, and the one upstream that it waited for most. */
export interface Wait {
  id: string;
  label: string;
  waitMs: number;
  /** Of the time in which it waited or worked. */
  share: number;
  /** The slowest step upstream, with its share of the pipeline's time; null where nothing there was timed. */
  cause: { id: string; label: string; share: number } | null;
}

/** Shorter waits say nothing. */
const LEAST_SHARE = 0.05;
/** More sentences than these nobody reads. */
const SHOWN = 2;

/**
 * The step that waited longest for its input; another one only where it waited for something else. The rest is in the
 * bars.
 */
export function longestWaits(nodes: readonly DrawnNode[], store: ProvenanceStore): Wait[] {
  const byId = new Map(nodes.map((node) => [node.id, node] as const));
  // A step whose value is used was busy in another run.
  const busyMs = (node: DrawnNode): number =>
    processesOf(node, store).reduce((sum, process) => sum + (store.isOfRun(process.id) ? busyMsOf(process) : 0), 0);
  /** As the bars have it: without the sink, whose time is the user's own. */
  const pipelineMs = nodes
    .filter((node) => node.type === 'process' && processesOf(node, store).some(({ role }) => role !== 'sink'))
    .reduce((sum, node) => sum + busyMs(node), 0);
  const labelOf = (node: DrawnNode): string => describeNode(node, store)?.label ?? '';
  return nodes
    .filter((node) => node.type === 'process' && node.members.some((id) => store.isOfRun(id)))
    .map((node) => {
      const waitMs = processesOf(node, store).reduce((sum, { execution }) => sum + (execution.waitMs ?? 0), 0);
      return { node, waitMs, share: waitMs / (waitMs + busyMs(node)) };
    })
    .filter(({ waitMs, share }) => waitMs > 0 && share >= LEAST_SHARE)
    .sort((a, b) => b.waitMs - a.waitMs)
    .map(({ node, waitMs, share }) => {
      const above = [...upstream(node, byId)].map((one) => ({ one, ms: busyMs(one) }));
      const slowest = above.reduce<(typeof above)[number] | null>(
        (max, one) => (max && max.ms >= one.ms ? max : one),
        null,
      );
      const cause =
        slowest && slowest.ms > 0
          ? { id: slowest.one.id, label: labelOf(slowest.one), share: slowest.ms / pipelineMs }
          : null;
      return { id: node.id, label: labelOf(node), waitMs, share, cause };
    })
    .filter(({ cause }, i, all) => all.findIndex((one) => one.cause?.id === cause?.id) === i)
    .slice(0, SHOWN);
}

function upstream(node: DrawnNode, byId: ReadonlyMap<string, DrawnNode>): Set<DrawnNode> {
  const found = new Set<DrawnNode>();
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const id of next.parents) {
      const parent = byId.get(id);
      if (parent && parent !== node && !found.has(parent)) {
        found.add(parent);
        open.push(parent);
      }
    }
  }
  return new Set([...found].filter((one) => one.type === 'process'));
}
