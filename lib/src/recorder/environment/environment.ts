import * as os from 'node:os';
import * as path from 'node:path';
import type { Environment } from 'stemma-document';
import { gitState } from './git-state';
import { anonymousFolder } from '../privacy/privacy';
import { VERSION } from '../../util/version';
import { packagesOf } from './loaded-files';
import { lockFile } from './lock-file';
import { locate } from './project';
import { threadPackages } from './thread-packages';

/**
 * The surroundings of a run, from an allowlist: no environment variables, no user names, and the home folder as `~`.
 * `hostPackages`: versions that only the host knows. `program`: the file whose repository is meant; without it the
 * working folder's. `files`: those of all modules that are loaded.
 * `own`: absolute paths of what the run itself writes.
 */
export function describeEnvironment(
  hostPackages: Record<string, string> | undefined,
  program: string | null,
  files: Iterable<string>,
  own: readonly string[],
): Environment {
  const lock = known(() => lockFile(program === null ? process.cwd() : path.dirname(locate(program)))) ?? null;
  return {
    stemma: VERSION,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    osRelease: os.release(),
    cpu: known(() => os.cpus()[0]?.model.trim()) ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    workingDirectory: known(() => anonymousFolder(process.cwd())) ?? 'unknown',
    packages: Object.fromEntries(
      Object.entries({ ...threadPackages(), ...packagesOf(files), ...hostPackages }).sort(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    ),
    git: known(() => gitState(program === null ? null : locate(program), own)) ?? null,
    ...(lock === null ? {} : { lockFile: lock }),
  };
}

/**
 * What cannot be looked up, as where too many files are open or the working folder is gone, must cost nobody the
 * record.
 */
function known<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
