import type { Environment, FileHash, ProvenanceDocument, SessionInfo } from '../model/document';
import type { Change } from './change';
import { changedMembers, type Members } from './compare-members';

/**
 * What is not the same around the graph: what the program was given, its own files, the commit, the versions of
 * everything, the machine. Folders and moments are left out.
 */
export function changedEnvironment(a: ProvenanceDocument, b: ProvenanceDocument): Change[] {
  return [
    ...changedMembers('environment', a.session.parameters ?? {}, b.session.parameters ?? {}, 'parameters.'),
    ...changedMembers('environment', settingsOf(a.session), settingsOf(b.session)),
    ...changedMembers('environment', hashes(a.session.files), hashes(b.session.files), 'files.'),
    ...changedMembers('environment', versionsOf(a.environment), versionsOf(b.environment)),
    ...changedMembers('environment', a.environment.packages, b.environment.packages, 'packages.'),
  ];
}

const settingsOf = ({ seed, shard }: SessionInfo): Members => ({
  seed,
  part: shard === undefined ? undefined : `${shard.index + 1} of ${shard.count}`,
});

/** Of the user's own files, by their paths. */
export const hashes = (files: readonly FileHash[] = []): Members =>
  Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]));

function versionsOf({ git, lockFile, stemma, node, platform, osRelease, arch, cpu, cores }: Environment): Members {
  return {
    'git.commit': git?.commit,
    'git.dirty': git?.dirty,
    lockFile: lockFile?.sha256,
    stemma,
    node,
    platform,
    osRelease,
    arch,
    cpu,
    cores,
  };
}
