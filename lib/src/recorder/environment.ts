import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Environment } from '../provenance/document';

/**
 * The surroundings of a run, from an allowlist: no environment variables, no user names, and the home folder as `~`.
 * `hostPackages`: versions that only the host knows.
 */
export function describeEnvironment(hostPackages: Record<string, string> = {}): Environment {
  return {
    stemma: (JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string })
      .version,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    osRelease: os.release(),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    workingDirectory: abbreviateHome(process.cwd()),
    packages: Object.fromEntries(
      Object.entries({ ...loadedPackages(), ...hostPackages }).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    git: gitState(),
  };
}

/** `path` with the home folder as `~`, so that it does not tell who the user is. */
export function abbreviateHome(absolute: string): string {
  const relative = path.relative(os.homedir(), absolute);
  if (relative === '') return '~';
  return relative.startsWith('..') || path.isAbsolute(relative) ? absolute : path.join('~', relative);
}

/** Packages that were really loaded (CommonJS ones; Node does not tell of ES modules), with the versions found beside them. */
function loadedPackages(): Record<string, string> {
  const packages: Record<string, string> = {};
  const seen = new Set<string>();
  for (const file of Object.keys(require.cache)) {
    const found = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(file);
    if (found === null || seen.has(found[1]!)) continue;
    seen.add(found[1]!);
    try {
      const { version } = JSON.parse(readFileSync(path.join(found[1]!, 'package.json'), 'utf8')) as {
        version?: unknown;
      };
      if (typeof version === 'string') packages[found[2]!.replace(/\\/g, '/')] = version;
    } catch {
      // A folder in node_modules without a package.json is no package.
    }
  }
  return packages;
}

let git: Environment['git'] | undefined;

/** The commit of the working folder as it was when first asked; null where there is no git or no repository. */
function gitState(): Environment['git'] {
  return git === undefined ? (git = readGitState()) : git;
}

function readGitState(): Environment['git'] {
  const run = (...args: string[]): string =>
    execFileSync('git', args, { encoding: 'utf8', timeout: 2000, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: run('rev-parse', 'HEAD'), dirty: run('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return null;
  }
}
