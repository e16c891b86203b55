import type { ProvenanceStore } from './store';
import type { Artifact, Length, Run, State } from 'stemma-document';

/** What the header says of the current run, or of the last one. */
export interface RunSummary {
  run: Run;
  sink: string;
  state: State;
  items: number;
  /** Of the stream that the sink pulls, where it is known. */
  length: Length;
  elapsedMs: number;
  perSecond: number;
  /** Done, from 0 to 1; null where no end is known. */
  progress: number | null;
  remainingMs: number | null;
}

/** The newest running run, else the newest at all; null before the first. */
export function summarise(store: ProvenanceStore): RunSummary | null {
  const run = currentRun(store);
  if (!run) {
    return null;
  }
  const sink = store.processes.get(run.sink);
  const input = sink ? store.artifacts.get(sink.inputs[0] ?? '') : lastArtifact(run, store);
  const items = input?.execution.currentItems ?? sink?.execution.itemsIn ?? 0;
  const length: Length = input?.length ?? { kind: 'unknown' };
  const running = run.state === 'running' && !store.isStale;
  // Of a run whose kernel is gone, the last that was heard counts.
  const until = running ? store.nowMs() : (store.heardMs ?? 0);
  const elapsedMs = run.durationMs ?? Math.max(0, until - Date.parse(run.startedAt));
  const perSecond = elapsedMs > 0 ? (items / elapsedMs) * 1000 : 0;
  const total = 'items' in length ? length.items : null;
  const progress = run.state === 'complete' ? 1 : total === null ? null : total === 0 ? 1 : Math.min(1, items / total);
  const remainingMs =
    running && total !== null && items > 0 && items < total ? ((total - items) / perSecond) * 1000 : null;
  return {
    run,
    sink: sink?.label ?? input?.label ?? run.sink,
    state: store.isStale && run.state === 'running' ? 'aborted' : run.state,
    items,
    length,
    elapsedMs,
    perSecond,
    progress,
    remainingMs,
  };
}

function currentRun(store: ProvenanceStore): Run | null {
  let newest: Run | null = null;
  for (const run of store.runs.values()) {
    // Runs come in the order in which they began; a running one goes before any that has ended.
    if (newest === null || run.state === 'running' || newest.state !== 'running') {
      newest = run;
    }
  }
  return newest;
}

/** What a run puts out at the end of the part of the graph that is here, where its sink is not: in the output of a cell. */
function lastArtifact(run: Run, store: ProvenanceStore): Artifact | undefined {
  const taking = run.processes.filter((id) => store.processes.has(id));
  return [...store.artifacts.values()].find(
    (artifact) => taking.includes(artifact.producer) && !artifact.consumers.some((id) => store.processes.has(id)),
  );
}
