import { provenance, type ProvenanceDocument } from 'stemma';
import { SESSION_KEY } from 'stemma/host';

/** What `work` leaves in a session of its own, as a file would hold it. */
export async function inSession(work: () => unknown): Promise<ProvenanceDocument> {
  const shared = globalThis as { [SESSION_KEY]?: unknown };
  const before = shared[SESSION_KEY];
  shared[SESSION_KEY] = undefined;
  try {
    await work();
    return JSON.parse(JSON.stringify(provenance.document())) as ProvenanceDocument;
  } finally {
    shared[SESSION_KEY] = before;
  }
}

export const processOf = (document: ProvenanceDocument, label: string) =>
  document.processes.find((process) => process.label === label)!;

export const artifactOf = (document: ProvenanceDocument, label: string) =>
  document.artifacts.find((artifact) => artifact.label === label)!;
