import type { ProvenanceStore } from './store';
import type { ProvenanceDocument, Run } from 'stemma-document';

/**
 * What a store holds, with the samples that it has, as a document; null where it holds nothing. Of a part: the
 * processes and artifacts with these ids, and the runs that passed through them.
 */
export function toDocument(store: ProvenanceStore, ids: ReadonlySet<string> | null = null): ProvenanceDocument | null {
  if (!store.frame) {
    return null;
  }
  // The checksum is of the file that was read, and contributions are of the complete document.
  const { checksum: _, contributions, ...frame } = store.frame;
  const isPart = (one: { id: string }): boolean => ids === null || ids.has(one.id);
  return {
    ...frame,
    ...(ids === null && contributions !== undefined ? { contributions } : {}),
    generatedAt: new Date(store.heardMs ?? store.nowMs()).toISOString(),
    cells: [...store.cells],
    processes: [...store.recorded.processes.values()].filter(isPart),
    artifacts: [...store.recorded.artifacts.values()].filter(isPart).map((artifact) => ({
      ...artifact,
      execution: { ...artifact.execution, samples: store.samples.get(artifact.id) ?? [] },
    })),
    runs: runsThrough(store, ids),
  };
}

/** The runs that passed through any of these processes; null: all. */
export function runsThrough(store: ProvenanceStore, ids: ReadonlySet<string> | null): Run[] {
  return [...store.runs.values()].filter((run) => ids === null || run.processes.some((id) => ids.has(id)));
}
