import { describeNode, type DrawnNode, processesOf, type State } from 'stemma-document';
import { heatStrip } from './heat-strip';
import type { ProvenanceStore } from '../model/store';
import { summarise } from '../model/summary';

/** When a drawn process worked in the latest run, in milliseconds from the run's start. */
export interface ProcessSpan {
  id: string;
  label: string;
  state: State;
  /** When its first item came out; null before, and where nothing comes out. */
  firstMs: number | null;
  endMs: number;
  ownMs: number;
  waitMs: number;
  /**
   * How many items passed in equal parts of the run, against the busiest of them; empty where the page did not see it.
   */
  heat: number[];
}

/** How many rows a person still reads. */
const SHOWN = 40;

/** The processes of the latest run on its axis of time, and how long that is. */
export function processSpans(
  nodes: readonly DrawnNode[],
  store: ProvenanceStore,
): { spans: ProcessSpan[]; runMs: number } {
  const summary = summarise(store);
  if (!summary) {
    return { spans: [], runMs: 0 };
  }
  const { run, elapsedMs } = summary;
  const members = new Set(run.processes);
  const startMs = Date.parse(run.startedAt);
  const spans = nodes.flatMap((node): ProcessSpan[] => {
    const own = node.type === 'process' ? processesOf(node, store).filter(({ id }) => members.has(id)) : [];
    const face = own.length > 0 ? describeNode(node, store) : null;
    if (!face) {
      return [];
    }
    const firsts = own.flatMap(({ execution }) => execution.firstItemMs ?? []);
    const ends = own.map(({ execution }) =>
      execution.endedAt === null
        ? elapsedMs
        : Math.min(elapsedMs, Math.max(0, Date.parse(execution.endedAt) - startMs)),
    );
    return [
      {
        id: node.id,
        label: face.label,
        state: face.state,
        firstMs: firsts.length > 0 ? Math.min(...firsts) : null,
        endMs: Math.max(...ends),
        ownMs: own.reduce((sum, { execution }) => sum + (execution.selfTime?.totalMs ?? 0), 0),
        waitMs: own.reduce((sum, { execution }) => sum + (execution.waitMs ?? 0), 0),
        heat: heatStrip(
          own.map(({ id }) => store.throughput.moments(id)),
          startMs,
          startMs + elapsedMs,
        ),
      },
    ];
  });
  return { spans: spans.slice(0, SHOWN), runMs: elapsedMs };
}
