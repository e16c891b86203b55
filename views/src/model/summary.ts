import {
  type Artifact,
  batchingOf,
  type Failure,
  type Length,
  type Process,
  type Run,
  type State,
} from 'stemma-document';
import { ALL } from './scoped-record';
import type { ProvenanceStore } from './store';

/** What the header says of the chosen run. */
export interface RunSummary {
  run: Run;
  /** The step that the run is named after: the one that failed, else the one that pulls; null where it is not here. */
  step: Process | null;
  /** What the step is called; never an id. */
  label: string | null;
  state: State;
  /** What ended the run, where that was a step that is shown. */
  failure: Failure | null;
  /** A step that is not shown here ended the run. */
  failedElsewhere: boolean;
  /** How many came out at the end. */
  items: number;
  /** How many the sources of the run emitted. */
  read: number;
  /** Where the items are batches: how many items went into them. */
  batched: number | null;
  /** Of the stream that the sink pulls, where it is known. */
  length: Length;
  elapsedMs: number;
  perSecond: number;
  /** Done, from 0 to 1; null where no end is known. */
  progress: number | null;
  remainingMs: number | null;
}

/** The chosen run, else the newest that goes on, else the newest at all; null before the first. */
export function summarise(store: ProvenanceStore): RunSummary | null {
  const { run } = store;
  if (!run) {
    return null;
  }
  const sink = store.processes.get(run.sink);
  const input = sink ? store.artifacts.get(sink.inputs[0] ?? '') : lastArtifact(run, store);
  const failed = run.state === 'failed' ? failedStep(run, store) : null;
  const failedElsewhere = run.state === 'failed' && sink === undefined && failed === null;
  const items = input?.execution.currentItems ?? sink?.execution.itemsIn ?? 0;
  const length: Length = input?.length ?? { kind: 'unknown' };
  const running = store.stateOf(run) === 'running';
  const elapsedMs = elapsedOf(run, store);
  const perSecond = elapsedMs > 0 ? (items / elapsedMs) * 1000 : 0;
  const total = store.scope !== ALL && 'items' in length ? length.items : null;
  const progress = run.state === 'complete' ? 1 : total === null ? null : total === 0 ? 1 : Math.min(1, items / total);
  const remainingMs =
    running && total !== null && items > 0 && items < total ? ((total - items) / perSecond) * 1000 : null;
  const batching = input ? batchingOf(input, store) : null;
  const step = failed ?? sink ?? store.processes.get(input?.producer ?? '') ?? null;
  return {
    run,
    step,
    label: step?.label ?? null,
    state: failedElsewhere ? 'stopped' : store.stateOf(run),
    failure: failed?.execution.failure ?? null,
    failedElsewhere,
    items,
    read: readIn(run, store),
    batched: batching?.execution.itemsIn ?? null,
    length,
    elapsedMs,
    perSecond,
    progress,
    remainingMs,
  };
}

/**
 * How many items the sources emitted: more than come out, where steps drop items or hold them back, or a run is cut
 * off.
 */
function readIn({ processes }: Run, store: ProvenanceStore): number {
  const sources = processes.flatMap((id) => store.processes.get(id) ?? []).filter(({ role }) => role === 'source');
  return sources.reduce((sum, { execution }) => sum + execution.itemsOut, 0);
}

/**
 * How long a run has taken so far; for all runs, the sum over those of the same sink. A run whose end was not seen
 * counts until its last update.
 */
function elapsedOf(run: Run, store: ProvenanceStore): number {
  const runs = store.scope === ALL ? store.shownRuns.filter(({ sink }) => sink === run.sink) : [run];
  const until = store.isOver ? (store.heardMs ?? 0) : store.nowMs();
  return runs.reduce((sum, one) => sum + (one.durationMs ?? Math.max(0, until - Date.parse(one.startedAt))), 0);
}

/**
 * The step that ended a run; null where it is not here. A sink fails along with the step that failed, which comes
 * first.
 */
function failedStep({ processes }: Run, store: ProvenanceStore): Process | null {
  const failed = processes.flatMap((id) => {
    const process = store.processes.get(id);
    return process?.execution.failure ? process : [];
  });
  return failed.find(({ role }) => role !== 'sink') ?? failed[0] ?? null;
}

/** What a run emits at the end of the shown part of the graph, where its sink is not shown: in the output of a cell. */
function lastArtifact(run: Run, store: ProvenanceStore): Artifact | undefined {
  const taking = run.processes.filter((id) => store.processes.has(id));
  return [...store.artifacts.values()].find(
    (artifact) => taking.includes(artifact.producer) && !artifact.consumers.some((id) => store.processes.has(id)),
  );
}
