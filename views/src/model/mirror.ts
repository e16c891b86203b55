import type { DocumentSink } from './source';
import type { ProvenanceStore } from './store';
import { runsThrough, toDocument } from './to-document';

/**
 * Copies part of one store to another as it changes, within one session: the processes and artifacts with these ids
 * (null: all), the runs that passed through them, and the kernel's state. Returns a function that ends it and may be
 * called twice; what was copied stays.
 */
export function mirror(from: ProvenanceStore, to: DocumentSink, ids: ReadonlySet<string> | null): () => void {
  const sessionId = from.session?.id;
  const isOurs = (one: { id: string }): boolean => ids === null || ids.has(one.id);
  const copyAll = (): void => {
    const document = toDocument(from, ids);
    if (document) {
      to.replace(document);
    }
  };
  const copySamples = (artifact: string): void => {
    const samples = from.samples.get(artifact);
    if (samples && isOurs({ id: artifact })) {
      to.setSamples(artifact, samples);
    }
  };
  const copyConnection = (): void => {
    if (from.heardMs !== null) {
      to.noteClock(from.heardMs);
    }
    to.setConnection(from.connection);
    to.setKernel(from.kernel);
    if (from.isStale) {
      to.markStale();
    }
  };
  copyAll();
  copyConnection();
  return from.changed.on((change) => {
    if (from.session?.id !== sessionId) {
      return;
    }
    if (change.topology || change.ids === null) {
      copyAll();
    } else if (change.ids.length > 0 || change.figures) {
      to.apply({
        processes: change.ids.flatMap((id) => from.recorded.processes.get(id) ?? []).filter(isOurs),
        artifacts: change.ids.flatMap((id) => from.recorded.artifacts.get(id) ?? []).filter(isOurs),
        runs: runsThrough(from, ids),
        cells: null,
        removed: [],
      });
    }
    if (change.samples !== null) {
      copySamples(change.samples);
    }
    copyConnection();
  });
}
