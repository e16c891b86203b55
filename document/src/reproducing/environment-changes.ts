import { changedMembers, type Members } from '../comparing/compare-members';
import { hashes } from '../comparing/changed-environment';
import type { Environment, JsonValue, ProvenanceDocument } from '../model/document';

/** A fact of the surroundings that is another one now; null where it is not known. */
export interface EnvironmentChange {
  /** E.g. `node`, `packages.sharp`, `files.src/double.ts`. */
  path: string;
  original: JsonValue;
  repeated: JsonValue;
}

/** Versions, the lock file and the user's own files that differ between two records. */
export function environmentChanges(a: ProvenanceDocument, b: ProvenanceDocument): EnvironmentChange[] {
  const [before, after] = [a.environment, b.environment];
  return [
    ...changedMembers('environment', factsOf(before), factsOf(after)),
    ...changedMembers('environment', before.packages, after.packages, 'packages.'),
    ...changedMembers('environment', { lockFile: before.lockFile?.sha256 }, { lockFile: after.lockFile?.sha256 }),
    ...changedMembers('environment', hashes(a.session.files), hashes(b.session.files), 'files.'),
  ].map(({ path, a: original, b: repeated }) => ({ path, original, repeated }));
}

const factsOf = ({ stemma, node, platform, arch, cpu }: Environment): Members => ({
  stemma,
  node,
  platform,
  arch,
  cpu,
});
