import type { ArtifactExecution, Length } from '../provenance/document';
import type { ArtifactContribution } from '../provenance/source';
import { totalFields } from './total-fields';

/** What passed an artifact in all sessions, from what passed in each; they come in the order of the sessions. */
export function totalArtifact(
  all: readonly ArtifactContribution[],
): Pick<ArtifactExecution, 'items' | 'currentItems' | 'schemaItems' | 'deviation' | 'fields' | 'moreFields'> {
  const sum = (count: (one: ArtifactContribution) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  return {
    items: sum(({ items }) => items),
    currentItems: sum(({ currentItems }) => currentItems),
    schemaItems: sum(({ schemaItems }) => schemaItems),
    deviation: all.find(({ deviation }) => deviation !== null)?.deviation ?? null,
    ...totalFields(all),
  };
}

/** What is known of the length of one run in one session: exact where all agree. */
export function totalLength(all: readonly ArtifactContribution[]): Length {
  return all.map(({ length }) => length).reduce<Length | null>(joinLengths, null) ?? { kind: 'unknown' };
}

function joinLengths(a: Length | null, b: Length): Length {
  if (a === null) return b;
  if (a.kind === 'infinite' || b.kind === 'infinite') return a.kind === b.kind ? a : { kind: 'unknown' };
  if (a.kind === 'unknown' || b.kind === 'unknown') return { kind: 'unknown' };
  if (a.kind === 'exact' && b.kind === 'exact' && a.items === b.items) return a;
  return { kind: 'atMost', items: Math.max(a.items, b.items) };
}
