import type { Artifact } from 'stemma-document';
import type { ProvenanceStore } from './store';

/** The stream that everything here leads to; null where there are several ends, or none is a stream. */
export function endStream({ artifacts, processes }: Pick<ProvenanceStore, 'artifacts' | 'processes'>): Artifact | null {
  const ends = [...artifacts.values()].filter(
    ({ consumers, producer }) => processes.has(producer) && !consumers.some((id) => processes.has(id)),
  );
  return ends.length === 1 && ends[0]?.kind === 'stream' ? ends[0] : null;
}
