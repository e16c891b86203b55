import { type DrawnNode, type Process, processesOf, type Sample } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';

/** What became of an item at a step. */
export type Outcome =
  | { kind: 'kept'; sample: Sample }
  /** It was left out, for a reason where one is known. */
  | { kind: 'leftOut'; reason: string | null }
  /** The run goes on, or ended before it. */
  | { kind: 'notReached' }
  /** The samples that would tell have been asked for. */
  | { kind: 'loading' }
  /** It passed, or not: no sample of it was kept here. */
  | { kind: 'notKept' }
  /** Nothing comes out of a step that only takes items. */
  | { kind: 'taken' };

/** One item at one drawn step. */
export interface TraceStep {
  node: DrawnNode;
  /** As it came in; none at a source, or where no sample was kept. */
  before: Sample | null;
  after: Outcome;
}

/**
 * The steps that one origin passed, in the order of the pipeline: the samples of it that were kept before and after
 * each, and where it was left out.
 */
export function traceOrigin(origin: string, nodes: readonly DrawnNode[], store: ProvenanceStore): TraceStep[] {
  const outputs = new Map<string, DrawnNode[]>();
  for (const node of nodes) {
    if (node.type === 'artifact') {
      node.parents.forEach((parent) => outputs.set(parent, [...(outputs.get(parent) ?? []), node]));
    }
  }
  const outcomes = new Map<string, Outcome>();
  const steps: TraceStep[] = [];
  for (const node of nodes) {
    if (node.type === 'process') {
      const above = node.parents.filter((id) => !node.uses.includes(id)).flatMap((id) => outcomes.get(id) ?? []);
      const before = above.flatMap((outcome) => (outcome.kind === 'kept' ? [outcome.sample] : []))[0] ?? null;
      const mayCome = above.some(({ kind }) => kind === 'kept' || kind === 'notKept');
      const out = outputs.get(node.id) ?? [];
      const kept = out.flatMap((stream) => sampleOf(origin, stream, store) ?? []).at(-1);
      if (mayCome || kept) {
        const after = kept
          ? { kind: 'kept' as const, sample: kept }
          : out.length === 0
            ? { kind: 'taken' as const }
            : out.some((stream) => isLoading(stream, store))
              ? { kind: 'loading' as const }
              : missing(origin, before, processesOf(node, store), store);
        out.forEach((stream) => outcomes.set(stream.id, after));
        steps.push({ node, before, after });
      }
    }
  }
  return withoutStrays(steps, outputs);
}

/** Samples come once they are shown. */
function isLoading(stream: DrawnNode, { artifacts, samples }: ProvenanceStore): boolean {
  return stream.members.some((id) => (artifacts.get(id)?.execution.sampleCount ?? 0) > 0 && !samples.has(id));
}

/** The newest run is what a person looks at. */
function sampleOf(origin: string, stream: DrawnNode, store: ProvenanceStore): Sample | undefined {
  return stream.members
    .flatMap((id) => store.samples.get(id) ?? [])
    .filter((sample) => sample.origins.includes(origin))
    .at(-1);
}

function missing(
  origin: string,
  before: Sample | null,
  processes: readonly Process[],
  { isStale, runs }: ProvenanceStore,
): Outcome {
  const skipped = processes
    .flatMap(({ execution }) => [...execution.skippedItems, ...(execution.failure ? [execution.failure] : [])])
    .find((item) => item.origin === origin);
  if (skipped) {
    return { kind: 'leftOut', reason: `${skipped.name}: ${skipped.message}` };
  }
  // An item that its run follows is kept wherever it passes: where it is missing, it did not pass.
  const run = before?.traced ? runs.get(before.run) : undefined;
  if (!run || !processes.some(({ id }) => run.processes.includes(id))) {
    return { kind: 'notKept' };
  }
  const isOver = run.state === 'complete' && !isStale;
  return isOver ? { kind: 'leftOut', reason: null } : { kind: 'notReached' };
}

/** Without the steps that neither saw the item nor lead to one that did. */
function withoutStrays(steps: readonly TraceStep[], outputs: ReadonlyMap<string, readonly DrawnNode[]>): TraceStep[] {
  const wanted = new Set<string>();
  return [...steps]
    .reverse()
    .filter(({ node, before, after }) => {
      const isKnown = before !== null || after.kind === 'kept' || after.kind === 'leftOut';
      const leads = outputs.get(node.id)?.some((stream) => wanted.has(stream.id)) === true;
      if (isKnown || leads) {
        node.parents.forEach((parent) => wanted.add(parent));
      }
      return isKnown || leads;
    })
    .reverse();
}
