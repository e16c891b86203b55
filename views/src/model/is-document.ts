import type { ProvenanceDocument } from './types';

/** Whether a value from a file or an output is a document that the views can draw. Deeper faults are the views' to survive. */
export function isDocument(value: unknown): value is ProvenanceDocument {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { format, version, session, processes, artifacts, runs, cells } = value as { [name: string]: unknown };
  return (
    format === 'stemma-provenance' &&
    typeof version === 'string' &&
    version.startsWith('1.') &&
    typeof session === 'object' &&
    session !== null &&
    [processes, artifacts, runs, cells].every(Array.isArray)
  );
}
