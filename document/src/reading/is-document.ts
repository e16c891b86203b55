import type { ProvenanceDocument } from '../model/document';

const FORMAT: ProvenanceDocument['format'] = 'stemma-provenance';

/**
 * Whether a value from a file or an output is a document that the views can draw. Deeper faults are the views' to
 * survive.
 */
export function isDocument(value: unknown): value is ProvenanceDocument {
  if (majorVersion(value) !== 1) {
    return false;
  }
  const { session, processes, artifacts, runs, cells } = value as { [name: string]: unknown };
  return typeof session === 'object' && session !== null && [processes, artifacts, runs, cells].every(Array.isArray);
}

/** The version of a document that only a newer Stemma reads; null for anything else. */
export function newerVersion(value: unknown): string | null {
  return (majorVersion(value) ?? 0) > 1 ? (value as { version: string }).version : null;
}

/** The first number of a document's version; null where the value is none. */
function majorVersion(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  const { format, version } = value as { [name: string]: unknown };
  const [, major] =
    format === FORMAT && typeof version === 'string' ? (/^(\d{1,9})\.\d{1,9}$/.exec(version) ?? []) : [];
  return major === undefined ? null : Number(major);
}
