import type { ProvenanceStore } from './store';
import type { Patch } from './types';

/**
 * Keep one store a part of another, within one session: the processes and artifacts whose ids are given (null: all), the runs that passed through them, and what is known of the kernel.
 * The answer ends it and may be called twice; what was copied stays.
 */
export function mirror(from: ProvenanceStore, to: ProvenanceStore, ids: ReadonlySet<string> | null): () => void {
  const sessionId = from.session?.id;
  const isOurs = (one: { id: string }): boolean => ids === null || ids.has(one.id);
  const ourRuns = (): Patch['runs'] =>
    [...from.runs.values()].filter((run) => run.processes.some((id) => isOurs({ id })));
  const copyAll = (): void => {
    const { session, environment } = from;
    if (session && environment) {
      to.replace({
        format: 'stemma-provenance',
        version: '1.0',
        generatedAt: new Date(from.heardMs ?? from.nowMs()).toISOString(),
        session,
        environment,
        cells: [...from.cells],
        processes: [...from.processes.values()].filter(isOurs),
        artifacts: [...from.artifacts.values()].filter(isOurs),
        runs: ourRuns(),
        dropped: { processes: 0, artifacts: 0, runs: 0, cells: 0 },
      });
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
  from.samples.forEach((_, artifact) => copySamples(artifact));
  copyConnection();
  return from.changed.on((change) => {
    if (from.session?.id !== sessionId) {
      return;
    }
    if (change.topology || change.ids === null) {
      copyAll();
    } else if (change.ids.length > 0 || change.figures) {
      to.apply({
        processes: change.ids.flatMap((id) => from.processes.get(id) ?? []).filter(isOurs),
        artifacts: change.ids.flatMap((id) => from.artifacts.get(id) ?? []).filter(isOurs),
        runs: ourRuns(),
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
