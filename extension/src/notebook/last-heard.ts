import { type ProvenanceDocument, type ProvenanceStore, toDocument } from 'stemma-views';

/**
 * The document of an output with what its kernel said since: outputs are updated once a second, and not at all where
 * JupyterLab lost the update. `isWhole`: it shows all of the session, also what came later.
 */
export function lastHeard(store: ProvenanceStore, saved: ProvenanceDocument, isWhole: boolean): ProvenanceDocument {
  if (store.session?.id !== saved.session.id) {
    return saved;
  }
  const current = isWhole ? currentOf(store) : [...saved.processes, ...saved.artifacts];
  const ids = new Set(current.map(({ id }) => id));
  const heard = toDocument(store, ids);
  if (!heard || Date.parse(heard.generatedAt) < Date.parse(saved.generatedAt)) {
    return saved;
  }
  const samples = new Map(saved.artifacts.map((one) => [one.id, one.execution.samples]));
  return {
    ...heard,
    cells: isWhole ? heard.cells : saved.cells,
    artifacts: heard.artifacts.map((one) => ({
      ...one,
      consumers: one.consumers.filter((id) => ids.has(id)),
      // An output keeps samples of its last stream alone, within limits.
      execution: { ...one.execution, samples: samples.get(one.id) ?? [] },
    })),
    runs: heard.runs.map((run) => ({ ...run, processes: run.processes.filter((id) => ids.has(id)) })),
  };
}

function currentOf({ recorded }: ProvenanceStore): { id: string }[] {
  return [...recorded.processes.values(), ...recorded.artifacts.values()].filter(({ superseded }) => !superseded);
}
