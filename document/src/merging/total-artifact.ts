import { canonicalJson } from '../json/canonical-json';
import type { ArtifactExecution, KnownLength, Length } from '../model/document';
import type { ArtifactContribution } from '../model/contribution';
import { addDigests } from './add-digests';
import { totalFields } from './total-fields';

/** What passed an artifact in all sessions, from what passed in each; they come in the order of the sessions. */
export function totalArtifact(
  all: readonly ArtifactContribution[],
): Pick<
  ArtifactExecution,
  'items' | 'currentItems' | 'schemaItems' | 'anomaly' | 'fields' | 'moreFields' | 'digest' | 'written'
> {
  const sum = (count: (one: ArtifactContribution) => number): number =>
    all.reduce((total, one) => total + count(one), 0);
  return {
    items: sum(({ items }) => items),
    currentItems: sum(({ currentItems }) => currentItems),
    schemaItems: sum(({ schemaItems }) => schemaItems),
    anomaly: all.find(({ anomaly }) => anomaly !== null)?.anomaly ?? null,
    ...totalFields(all),
    ...totalDigest(all),
    ...totalWritten(all),
  };
}

/** The sum, where all that had items have one. */
function totalDigest(all: readonly ArtifactContribution[]): Pick<ArtifactExecution, 'digest'> {
  const digests = all.filter(({ items }) => items > 0).map(({ digest }) => digest);
  const digest = digests.length === 0 ? undefined : digests.reduce(addDigests);
  return digest === undefined ? {} : { digest };
}

/** What all sessions wrote; of one file the latest has the last word. */
function totalWritten(all: readonly ArtifactContribution[]): Pick<ArtifactExecution, 'written'> {
  const byPath = new Map(all.flatMap(({ written = [] }) => written.map((file) => [file.path, file] as const)));
  return byPath.size === 0 ? {} : { written: [...byPath.values()] };
}

/** What is known of the length of one run in one session: exact where all agree. */
export function totalLength(all: readonly ArtifactContribution[]): Length {
  const lengths = all.map(({ length }) => length);
  const known = lengths.map((length): KnownLength => (isKnown(length) ? length : { kind: 'unknown' }));
  if (new Set(lengths.map(canonicalJson)).size === 1) return lengths[0]!;
  return known.reduce<KnownLength | null>(joinLengths, null) ?? { kind: 'unknown' };
}

const KNOWN: readonly string[] = ['exact', 'atMost', 'unknown', 'infinite'] satisfies KnownLength['kind'][];

const isKnown = (length: Length): length is KnownLength => KNOWN.includes(length.kind);

function joinLengths(a: KnownLength | null, b: KnownLength): KnownLength {
  if (a === null) return b;
  if (a.kind === 'infinite' || b.kind === 'infinite') return a.kind === b.kind ? a : { kind: 'unknown' };
  if (a.kind === 'unknown' || b.kind === 'unknown') return { kind: 'unknown' };
  if (a.kind === 'exact' && b.kind === 'exact' && a.items === b.items) return a;
  return { kind: 'atMost', items: Math.max(a.items, b.items) };
}
